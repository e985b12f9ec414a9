import { printable } from "../../contract/printable";
import type { RunErrorName } from "../../contract/run-errors";
import { FAILURE_NAMES, type Failure, type FailureName } from "../failures/failure";
import type { Report } from "../report";
import type { RunContext } from "../run-context";
import { UNCOPYABLE } from "../skip-reasons";
import { connectionWarnings } from "../work/fewer-connections";
import type { Root } from "../work/root";
import { limitError } from "../work/run-limits";
import { type RunFailures, reportedFailure } from "./run-failures";

export interface RunError {
  readonly name: string;
  readonly message: string;
}

/** What ended the run: nothing in particular, an error that the state machine caught, or another run's lock. */
export type Ending =
  | { readonly kind: "finished" }
  | { readonly kind: "error"; readonly error: RunError }
  | {
      readonly kind: "skipped";
      readonly holder: string;
      /** When the holder began, ISO 8601; absent where it has no work state yet. */
      readonly since?: string | undefined;
    };

/** What a run has told of single files. */
export interface Listed {
  readonly failures: RunFailures;
  readonly fileLists?: Report["fileLists"];
  readonly skippedLists?: Report["skippedLists"];
}

/**
 * The report of a run that ends now.
 * @param root undefined where the run ended before it had a work state; the counts are 0 then.
 * @param listed the run is named after the gravest of its failures.
 */
export function buildReport(
  context: RunContext,
  root: Root | undefined,
  { failures: { named, further }, fileLists, skippedLists }: Listed,
  ending: Ending,
  finishedAt: Date,
): Report {
  const error = ending.kind === "error" ? ending.error : errorOf(root, named);
  const failed = ending.kind !== "skipped" && error !== undefined;
  const { event } = context;
  return {
    version: 1,
    server: context.server,
    sync: context.sync.Name,
    run: context.run,
    execution: context.executionArn,
    status: ending.kind === "skipped" ? "SKIPPED" : failed ? "FAILED" : "SUCCEEDED",
    ...(failed ? { error } : {}),
    dryRun: event.DryRun,
    mode: context.mode.name,
    ...(event.FromTimestamp === undefined ? {} : { fromTimestamp: event.FromTimestamp }),
    folder: root?.folder ?? context.sync.RemoteFolders.Folder,
    startedAt: context.startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    seconds: Math.max(0, finishedAt.getTime() - context.startedAt.getTime()) / 1000,
    ...figures(root, event.DryRun),
    ...(fileLists === undefined ? {} : { fileLists }),
    ...(skippedLists === undefined ? {} : { skippedLists }),
    warnings: warnings(context, root, ending),
    failures: named.map(reportedFailure),
    ...(further === undefined ? {} : { furtherFailures: further }),
  };
}

function warnings({ sync }: RunContext, root: Root | undefined, ending: Ending): string[] {
  const tooDeep = root?.counters.foldersTooDeep ?? 0;
  return [
    ...(root?.warnings ?? []),
    ...(root === undefined ? [] : connectionWarnings(root)),
    ...uncopyable(root),
    ...(tooDeep > 0 ? [`${tooDeep} folder(s) below MaxDepth ${sync.RemoteFolders.MaxDepth} were not listed`] : []),
    ...(ending.kind === "skipped" ? [atWork(ending)] : []),
  ];
}

function atWork({ holder, since }: Extract<Ending, { kind: "skipped" }>): string {
  return `The run ${holder} is at work${since === undefined ? "" : `, since ${since}`}`;
}

/** Nobody is told of a run that succeeds: whoever reads its report must not overlook what never arrives. */
function uncopyable(root: Root | undefined): string[] {
  const { counters, uncopyable: examples = [] } = root ?? {};
  const count = UNCOPYABLE.reduce((sum, reason) => sum + (counters?.skipped[reason] ?? 0), 0);
  const such =
    examples.length === 0 ? "" : `, such as ${examples.map((path) => printable(JSON.stringify(path))).join(", ")}`;
  return count === 0 ? [] : [`${count} file(s) or folder(s) cannot be copied for their name or size${such}`];
}

function figures(
  root: Root | undefined,
  dryRun: boolean,
): Pick<Report, "folders" | "files" | "bytes" | "plan" | "resentInDoubt"> {
  const counters = root?.counters;
  const seen = counters?.seen ?? 0;
  const transferred = counters?.transferred ?? 0;
  const failed = counters?.failed ?? 0;
  const wouldTransfer = counters?.wouldTransfer ?? 0;
  const skipped = counters?.skipped ?? {};
  const decided = Object.values(skipped).reduce((sum, count) => sum + count, transferred + failed + wouldTransfer);
  return {
    folders: {
      listed: counters?.foldersListed ?? 0,
      failed: counters?.foldersFailed ?? 0,
      missing: counters?.foldersMissing ?? 0,
      truncated: counters?.foldersTruncated ?? 0,
      spared: counters?.foldersSpared ?? 0,
    },
    files: {
      seen,
      transferred,
      failed,
      ...(dryRun ? { wouldTransfer } : {}),
      unfinished: Math.max(0, seen - decided),
      skipped,
    },
    bytes: counters?.bytes ?? 0,
    ...(root?.plan === undefined ? {} : { plan: root.plan }),
    resentInDoubt: counters?.resentInDoubt ?? 0,
  };
}

function errorOf(root: Root | undefined, failures: readonly Failure[]): RunError | undefined {
  return root?.error ?? (root && limitError(root)) ?? failureOf(root, failures);
}

/** The gravest: folders before files, since an unlisted folder hides files. */
function failureOf(root: Root | undefined, failures: readonly Failure[]): RunError | undefined {
  const name = FAILURE_NAMES.find((candidate) => failures.some(({ error }) => error === candidate));
  const first = failures.find(({ error }) => error === name);
  if (root === undefined || name === undefined || first === undefined) {
    return undefined;
  }
  const { foldersFailed, foldersTruncated, failed } = root.counters;
  const parts = [
    foldersFailed > 0 ? `${foldersFailed} folder(s) could not be listed` : "",
    foldersTruncated > 0 ? `${foldersTruncated} folder(s) were listed only in part` : "",
    failed > 0 ? `${failed} file(s) could not be transferred` : "",
  ].filter((part) => part !== "");
  return { name: runErrorName(name), message: `${parts.join(", ")}. ${printable(first.path)}: ${first.detail}` };
}

function runErrorName(name: FailureName): RunErrorName {
  return name === "TransferFailed" ? "TransferIncomplete" : name;
}
