import { type Mode, modeOf } from "../../../../contract/run-event";
import type { Report } from "../../../../engine/report";
import type { Root } from "../../../../engine/work/root";
import { cell } from "../access/cell";
import type { Execution, ServerRuns } from "./server-runs";

/** A run of a sync, as far as it has come. */
export interface Run {
  readonly server: string;
  /** Absent where the execution was started with something else than a run's event. */
  readonly sync?: string;
  /** Name of its first execution. */
  readonly run: string;
  /** ARN of its latest execution. */
  readonly execution: string;
  /** The report's, else the execution's. */
  readonly status: string;
  readonly startedBy: "schedule" | "hand";
  readonly mode?: Mode;
  readonly dryRun: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Absent while it is at work. */
  readonly seconds?: number;
  /** Absent before its first slice, and where nothing is kept of it any more. */
  readonly figures?: RunFigures;
  readonly error?: NonNullable<Report["error"]>;
  /** Why nobody knows what the run has written down, among others that are shown; absent where that is known. */
  readonly unknown?: string;
}

export interface RunFigures {
  /** In a dry run, what would be transferred. */
  readonly files: number;
  readonly failed: number;
  readonly bytes: number;
}

export const isAtWork = ({ status }: Pick<Execution, "status">): boolean =>
  status === "RUNNING" || status === "PENDING_REDRIVE";

/** Name of the run that an execution belongs to. */
export const runOf = ({ name, event }: Execution): string => event?.Run?.Name ?? name;

/** Reads what a run has written down. @param execution its latest. */
export async function readRun(runs: ServerRuns, execution: Execution): Promise<{ run: Run; report?: Report }> {
  const { event } = execution;
  const sync = event?.SyncSettings[0].Name;
  const name = runOf(execution);
  const report = sync === undefined ? undefined : await runs.report(sync, name);
  const root = sync === undefined || report !== undefined ? undefined : await runs.root(sync, name);
  return { run: describeRun(runs.server, execution, report, root), ...(report === undefined ? {} : { report }) };
}

/** The same of one among others: that its report is damaged, or may not be read, is no reason not to show or stop the others. */
export async function readListedRun(runs: ServerRuns, execution: Execution): Promise<Run> {
  const read = await cell(() => readRun(runs, execution));
  return "value" in read
    ? read.value.run
    : { ...describeRun(runs.server, execution, undefined, undefined), unknown: read.unknown };
}

/** The run's own word counts, unless its execution ended otherwise. */
function describeRun(server: string, execution: Execution, report: Report | undefined, root: Root | undefined): Run {
  const { arn, event, stoppedAt } = execution;
  const startedAt = event?.Run === undefined ? execution.startedAt : new Date(event.Run.StartedAt);
  const error = report?.error ?? execution.error;
  const figures = report === undefined ? figuresOf(root) : reportedFigures(report);
  return {
    server,
    ...(event === undefined ? {} : { sync: event.SyncSettings[0].Name, mode: modeOf(event) }),
    run: runOf(execution),
    execution: arn,
    status: execution.status === "SUCCEEDED" && report !== undefined ? report.status : execution.status,
    startedBy: event?.ScheduledTime === undefined ? "hand" : "schedule",
    dryRun: event?.DryRun ?? false,
    startedAt: startedAt.toISOString(),
    ...(stoppedAt === undefined ? {} : { seconds: (stoppedAt.getTime() - startedAt.getTime()) / 1000 }),
    ...(figures === undefined ? {} : { figures }),
    ...(error === undefined ? {} : { error }),
  };
}

function reportedFigures({ files, bytes }: Report): RunFigures {
  return { files: files.wouldTransfer ?? files.transferred, failed: files.failed, bytes };
}

function figuresOf(root: Root | undefined): RunFigures | undefined {
  return root && { files: root.counters.transferred, failed: root.counters.failed, bytes: root.counters.bytes };
}
