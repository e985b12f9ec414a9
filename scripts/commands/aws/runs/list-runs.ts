import { inParallel } from "../../../../config/in-parallel";
import { isAtWork, type Run, readListedRun, runOf } from "./run";
import type { ServerRuns } from "./server-runs";

export interface RunsOptions {
  /** Only this sync's. */
  readonly sync?: string | undefined;
  /** So many at most. */
  readonly limit: number;
  /** Aborted by who has seen enough: what was found so far is the result. */
  readonly signal?: AbortSignal | undefined;
  /** Hears how far the search is, now and then. @param lookedAt executions. */
  onLook?(lookedAt: number, found: number): void;
}

export interface ListedRuns {
  /** The latest first. */
  readonly runs: readonly Run[];
  /** Executions that were looked at, the latest ones. */
  readonly lookedAt: number;
  /** Whether there are executions that nobody has looked at. */
  readonly isCut: boolean;
}

/** Executions that are looked at together. Each is a request, and Step Functions' quota is shared with the runs. */
const AT_A_TIME = 8;

/**
 * The latest runs of a server. A long run is one, in however many executions. Only executions tell whose runs they are, so that
 * those of a sync that seldom runs are looked for among all of the server's.
 */
export async function listRuns(server: ServerRuns, options: RunsOptions): Promise<ListedRuns> {
  const { sync, limit, signal, onLook } = options;
  const seen = new Set<string>();
  const runs: Run[] = [];
  let lookedAt = 0;
  for await (const names of chunksOf(server.names(), AT_A_TIME)) {
    if (runs.length === limit || signal?.aborted) {
      return { runs, lookedAt, isCut: true };
    }
    for (const execution of await inParallel(names, AT_A_TIME, (name) => server.execution(name))) {
      if (runs.length === limit) {
        return { runs, lookedAt, isCut: true };
      }
      lookedAt += 1;
      const isWanted = sync === undefined || execution?.event?.SyncSettings[0].Name === sync;
      if (execution !== undefined && isWanted && !seen.has(runOf(execution))) {
        seen.add(runOf(execution));
        runs.push(await readListedRun(server, execution));
      }
    }
    onLook?.(lookedAt, runs.length);
  }
  return { runs, lookedAt, isCut: false };
}

async function* chunksOf<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) {
    yield chunk;
  }
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
      runs.push(await readListedRun(server, execution));
    }
  }
  return runs;
}
