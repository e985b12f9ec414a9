import { describeFailure, type Failure } from "../failures/failure";
import type { ObjectStore } from "../ports/services";
import type { Report, ReportedFailure } from "../report";
import type { RunContext } from "../run-context";
import type { Work } from "../work/work";
import { MOST_LISTED, writeLists } from "./lists";

/** Failures that the report names one by one; the counters count them all. */
const MAX_NAMED = 1000;

export interface RunFailures {
  /** The first thousand, and the first of each name that is not among them: the run is named after the gravest. */
  readonly named: readonly Failure[];
  /** `undefined`: there are no others. */
  readonly further: Report["furtherFailures"];
}

/** The failures of a run that ends. Where the report cannot name them all, every one is written into lists beside it. */
export async function collectFailures(
  objects: ObjectStore,
  context: RunContext,
  work: Work | undefined,
  most = MOST_LISTED,
): Promise<RunFailures> {
  const named = await firstFailures(work);
  const count = (work?.failures.length ?? 0) - named.length;
  if (work === undefined || count <= 0) {
    return { named, further: undefined };
  }
  const { lists, listed } = await writeLists(objects, context, "failures", reportedFailures(work), most);
  const unlisted = work.failures.length - listed;
  return { named, further: { count, lists, ...(unlisted === 0 ? {} : { unlisted }) } };
}

/** @returns the failure as the report and the lists have it. */
export function reportedFailure(failure: Failure): ReportedFailure {
  const { path, error, kind, detail } = failure;
  return { path, reason: describeFailure(failure), error, kind, detail };
}

async function firstFailures(work: Work | undefined): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for await (const failure of work?.failures.read() ?? []) {
    failures.push(failure);
    if (failures.length === MAX_NAMED) {
      break;
    }
  }
  const names = new Set(failures.map(({ error }) => error));
  const others = work?.root.firstFailures.filter(({ error }) => !names.has(error)) ?? [];
  return [...failures, ...others];
}

async function* reportedFailures(work: Work): AsyncGenerator<ReportedFailure> {
  for await (const failure of work.failures.read()) {
    yield reportedFailure(failure);
  }
}
