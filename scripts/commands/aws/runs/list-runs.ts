import { isAtWork, type Run, readRun, runOf } from "./run";
import type { ServerRuns } from "./server-runs";

export interface RunsOptions {
  /** Only this sync's. */
  readonly sync?: string | undefined;
  /** So many at most. */
  readonly limit: number;
}

export interface ListedRuns {
  /** The latest first. */
  readonly runs: readonly Run[];
  /** Executions that were looked at: where a sync has fewer runs among them than were asked for, older ones were not looked at. */
  readonly lookedAt: number;
  /** Whether there are executions that nobody has looked at. */
  readonly isCut: boolean;
}

/** Each is a request, and Step Functions' quota is shared with the runs. */
const MOST_LOOKED_AT = 200;

/** The latest runs of a server. A long run is one, in however many executions. */
export async function listRuns(server: ServerRuns, { sync, limit }: RunsOptions): Promise<ListedRuns> {
  const seen = new Set<string>();
  const runs: Run[] = [];
  let lookedAt = 0;
  for await (const name of server.names()) {
    if (runs.length === limit || lookedAt === MOST_LOOKED_AT) {
      return { runs, lookedAt, isCut: true };
    }
    lookedAt += 1;
    const execution = await server.execution(name);
    const isWanted = sync === undefined || execution?.event?.SyncSettings[0].Name === sync;
    if (execution === undefined || !isWanted || seen.has(runOf(execution))) {
      continue;
    }
    seen.add(runOf(execution));
    runs.push((await readRun(server, execution)).run);
  }
  return { runs, lookedAt, isCut: false };
}

/** Runs that are at work now. @param sync only this one's. */
export async function runsAtWork(server: ServerRuns, sync: string | undefined): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const name of server.names("RUNNING")) {
    const execution = await server.execution(name);
    if (
      execution !== undefined &&
      isAtWork(execution) &&
      (sync === undefined || execution.event?.SyncSettings[0].Name === sync)
    ) {
      runs.push((await readRun(server, execution)).run);
    }
  }
  return runs;
}
