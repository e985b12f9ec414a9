import { setTimeout as sleep } from "node:timers/promises";
import { Interrupted } from "../../../../local/runner/interrupted";
import type { RunObserver } from "../../../../local/runner/run-observer";
import type { StartOptions } from "../../../../local/runner/start-event";
import { AwsFailure } from "../access/aws-failure";
import { nextCommand } from "../access/next-command";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { type FoundRun, withFiles } from "./find-run";
import { readRun } from "./run";
import { ServerRuns } from "./server-runs";
import { type StartedRun, startRun, syncsToStart } from "./start-runs";
import { watchRun } from "./watch-run";

export interface RunCommandOptions extends AwsOptions, StartOptions {
  /** Name of a server, or its definition's file. */
  readonly server: string;
  /** Only this sync. */
  readonly sync?: string | undefined;
  /** Whether to stay until the runs have ended. */
  readonly wait?: boolean | undefined;
  /** Whether every file of these is wanted. */
  readonly all?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly observer: Pick<Required<RunObserver>, "started" | "progressed"> & {
    finished(run: { readonly status: string; readonly seconds: number }): void;
  };
  notice(text: string): void;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
  /** Between two looks at a run; default: 3,000. */
  readonly pauseMs?: number;
}

export interface RunCommandResult {
  readonly started: readonly StartedRun[];
  /** Of those that were waited for. */
  readonly ended: readonly (FoundRun & { readonly reportUri: string })[];
}

const PAUSE_MS = 3_000;

/** Starts runs of a server on AWS, and waits for their ends where that is wanted. @throws UserError, AwsFailure, Interrupted */
export async function runOnAws(options: RunCommandOptions): Promise<RunCommandResult> {
  const session = options.session ?? (await openSession(options));
  const syncs = await syncsToStart(session, options.server, options.sync);
  const [{ server } = { server: options.server }] = syncs;
  const runs = await ServerRuns.open(session, server);
  const started: StartedRun[] = [];
  try {
    for (const sync of syncs) {
      started.push(await startRun(runs, sync, options, new Date()));
    }
    return { started, ended: options.wait ? await waitForAll(runs, started, options) : [] };
  } catch (error) {
    throw withStarted(error, server, started, session.flags);
  } finally {
    runs.close();
  }
}

/** Whatever ends the command: what was started goes on. */
function withStarted(error: unknown, server: string, started: readonly StartedRun[], flags: AwsOptions): unknown {
  const names = started.map(({ sync, run }) => `${sync} (run ${run})`).join(", ");
  const goesOn = `Started, and at work on AWS: ${names}`;
  const next = `${nextCommand(["runs", server], flags)} shows how far they are, ${nextCommand(["stop", server], flags)} ends them`;
  if (started.length === 0 || !(error instanceof Interrupted || error instanceof AwsFailure)) {
    return error;
  }
  return error instanceof Interrupted
    ? new Interrupted(`${goesOn}. Nobody watches them here any more.\nNext: ${next}`)
    : new AwsFailure(`${error.message}\n${goesOn}`, error.kind, { cause: error, next: `${error.next}. ${next}` });
}

/** One after the other: they run at the same time all the same. */
async function waitForAll(
  runs: ServerRuns,
  started: readonly StartedRun[],
  { observer, notice, signal, all, pauseMs = PAUSE_MS }: RunCommandOptions,
): Promise<RunCommandResult["ended"]> {
  const ended: (FoundRun & { readonly reportUri: string })[] = [];
  for (const run of started) {
    observer.started(run);
    const execution = await watchRun(runs, run, {
      progressed: observer.progressed,
      notice,
      pause: async () => {
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
        Interrupted.throwIf(signal);
      },
      now: () => new Date(),
    });
    const found = await withFiles(runs, await readRun(runs, execution), all);
    observer.finished({ status: found.run.status, seconds: found.run.seconds ?? 0 });
    ended.push({ ...found, reportUri: `s3://${runs.places.bucket}/${runs.reportKey(run.sync, run.run)}` });
  }
  return ended;
}
