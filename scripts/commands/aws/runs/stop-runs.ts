import { setTimeout as sleep } from "node:timers/promises";
import { serverOf } from "../access/deployed-syncs";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { runsAtWork } from "./list-runs";
import type { Run } from "./run";
import { ServerRuns } from "./server-runs";

export interface StopOptions extends AwsOptions {
  /** Name of a server, or its definition's file. */
  readonly server: string;
  /** Only this sync's. */
  readonly sync?: string | undefined;
  /** @returns whether these are to be stopped. */
  approve(runs: readonly Run[]): Promise<boolean>;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
}

export interface StopResult {
  readonly atWork: readonly Run[];
  /** Names of the runs that were stopped: all of these, or none. */
  readonly stopped: readonly string[];
}

const CAUSE = "Stopped by hand";

/** A run may be on its way from one execution to the next, which is then to be stopped too. */
const ATTEMPTS = 3;
const PAUSE_MS = 1_000;

/** Stops the runs that are at work, once somebody has agreed. @throws UserError, AwsFailure */
export async function stopRuns(options: StopOptions): Promise<StopResult> {
  const session = options.session ?? (await openSession(options));
  const { name } = await serverOf(session, options);
  const runs = await ServerRuns.open(session, name);
  try {
    const atWork = await runsAtWork(runs, options.sync);
    if (atWork.length === 0 || !(await options.approve(atWork))) {
      return { atWork, stopped: [] };
    }
    const names = atWork.map(({ run }) => run);
    let left: readonly Run[] = atWork;
    for (let attempt = 1; left.length > 0 && attempt <= ATTEMPTS; attempt += 1) {
      for (const { execution } of left) {
        await runs.stop({ arn: execution }, CAUSE);
      }
      await sleep(PAUSE_MS);
      left = (await runsAtWork(runs, options.sync)).filter(({ run }) => names.includes(run));
    }
    return { atWork, stopped: names.filter((stopped) => !left.some(({ run }) => run === stopped)) };
  } finally {
    runs.close();
  }
}
