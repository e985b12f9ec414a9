import { printable } from "../../contract/printable";
import { describeFailure, type Failure } from "../failures/failure";
import type { ObjectStore } from "../ports/services";
import type { Report, ReportedFailure } from "../report";
import type { RunContext } from "../run-context";
import type { Work } from "../work/work";

/** Failures that the report names one by one; the counters count them all. */
const MAX_NAMED = 1000;

/** Failures in one list, as long as they are short. */
const FAILURES_PER_LIST = 5000;

/** Characters of one list: the function holds one at a time, in up to six times as many bytes, and has 512 MB. */
const CHARACTERS_PER_LIST = 8_000_000;

/** What all lists of a run hold together. Reading and writing that takes about a minute, and the function has five. */
const LISTED: ListedFailures = { failures: 1_000_000, characters: 400_000_000 };

interface ListedFailures {
  readonly failures: number;
  readonly characters: number;
}

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
  most = LISTED,
): Promise<RunFailures> {
  const named = await firstFailures(work);
  const count = (work?.failures.length ?? 0) - named.length;
  if (work === undefined || count <= 0) {
    return { named, further: undefined };
  }
  return { named, further: { count, ...(await writeLists(objects, context, work, most)) } };
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

/**
 * Writes JSON, one failure a line. A repetition writes the same lists again.
 * @returns their names, beside the report, and how many failures had no room in them.
 */
async function writeLists(
  objects: ObjectStore,
  { bucket, prefix }: RunContext,
  work: Work,
  most: ListedFailures,
): Promise<Pick<NonNullable<Report["furtherFailures"]>, "lists" | "unlisted">> {
  const lists: string[] = [];
  let lines: string[] = [];
  let [characters, listed, listedCharacters] = [0, 0, 0];
  const write = async () => {
    const name = `failures-${String(lists.length + 1).padStart(3, "0")}.jsonl`;
    await objects.write(bucket, prefix + name, lines.join(""));
    lists.push(name);
    lines = [];
    characters = 0;
  };
  for await (const failure of work.failures.read()) {
    const line = `${printable(JSON.stringify(reportedFailure(failure)))}\n`;
    if (listed === most.failures || listedCharacters + line.length > most.characters) {
      break;
    }
    if (lines.length === FAILURES_PER_LIST || characters + line.length > CHARACTERS_PER_LIST) {
      await write();
    }
    lines.push(line);
    characters += line.length;
    listedCharacters += line.length;
    listed += 1;
  }
  if (lines.length > 0) {
    await write();
  }
  const unlisted = work.failures.length - listed;
  return { lists, ...(unlisted === 0 ? {} : { unlisted }) };
}
