import type { Report, ReportedFile, SkippedFile } from "../../../../engine/report";
import { UserError } from "../../../../local/errors/user-error";
import { mostShown } from "../../listed-files";
import { deployedSyncs } from "../access/deployed-syncs";
import { nextCommand } from "../access/next-command";
import type { AwsSession } from "../access/session";
import { type Run, readRun } from "./run";
import type { ServerRuns } from "./server-runs";

export interface FoundRun {
  /** Absent where Step Functions knows the run no more, 90 days after its end. */
  readonly run?: Run;
  /** Absent where it left none. */
  readonly report?: Report;
  /** The first files that it transferred, or in a dry run would; absent where there are none. */
  readonly files?: readonly ReportedFile[];
  /**
   * The first files that it skipped, or in a dry run would, those that are unchanged only where all are wanted; absent where
   * no list names any.
   */
  readonly skippedFiles?: readonly SkippedFile[];
}

/** A run with the files that its report names. @param all whether every one is wanted. */
export async function withFiles<T extends FoundRun>(runs: ServerRuns, found: T, all?: boolean): Promise<T> {
  const { report } = found;
  if (report === undefined) {
    return found;
  }
  const most = mostShown(report, all);
  const [files, skippedFiles] = [await runs.files(report, most), await runs.skippedFiles(report, most)];
  return { ...found, ...(files && { files }), ...(skippedFiles && { skippedFiles }) };
}

/**
 * A run of a server that is deployed: the one that is named, else the latest.
 * @param sync only this one's.
 * @throws UserError where there is none.
 */
export async function findRun(
  session: AwsSession,
  runs: ServerRuns,
  { name, sync }: { readonly name?: string | undefined; readonly sync?: string | undefined },
): Promise<FoundRun> {
  if (name !== undefined) {
    const execution = await runs.execution(name);
    return execution === undefined ? forgottenRun(session, runs, name) : readRun(runs, execution);
  }
  for await (const latest of runs.names()) {
    const execution = await runs.execution(latest);
    if (execution !== undefined && (sync === undefined || execution.event?.SyncSettings[0].Name === sync)) {
      return readRun(runs, execution);
    }
  }
  const words = [runs.server, sync ?? []].flat();
  throw new UserError(`${words.join(" / ")} has no run yet`, { next: nextCommand(["run", ...words], session.flags) });
}

/** The bucket may keep the report for longer than Step Functions keeps the execution. */
async function forgottenRun(session: AwsSession, runs: ServerRuns, name: string): Promise<FoundRun> {
  for (const { sync } of await deployedSyncs(session, runs.server)) {
    const report = await runs.report(sync, name);
    if (report !== undefined) {
      return { report };
    }
  }
  throw new UserError(`${runs.server} has no run ${JSON.stringify(name)}`, {
    next: `${nextCommand(["runs", runs.server], session.flags)} shows the latest ones`,
  });
}
