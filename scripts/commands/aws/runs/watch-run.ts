import { successorName } from "../../../../engine/run/hand-over";
import type { Root } from "../../../../engine/work/root";
import type { Progress } from "../../../../local/runner/progress";
import { AwsFailure, type AwsFailureKind } from "../access/aws-failure";
import { isAtWork } from "./run";
import type { Execution, ServerRuns } from "./server-runs";

export interface Watching {
  progressed(progress: Progress): void;
  /** Told once when AWS does not answer, and goes on being asked. */
  notice(text: string): void;
  /** Waits until it is time to look again. Throws where somebody wants to watch no longer. */
  pause(): Promise<void>;
  now(): Date;
}

/** What passes while a run takes hours. */
const PASSING: readonly AwsFailureKind[] = ["throttled", "unreachable"];

/** So far back files count for how fast they arrive. */
const RATE_MS = 60_000;

/** Waits for the end of a run, in whichever execution it ends. @returns that execution. */
export async function watchRun(
  runs: ServerRuns,
  { sync, run }: { readonly sync: string; readonly run: string },
  watching: Watching,
): Promise<Execution> {
  const rate = new Rate();
  let part = 1;
  let isTold = false;
  for (;;) {
    try {
      const name = part === 1 ? run : successorName(run, part);
      const execution = await runs.execution(name);
      const root = await runs.root(sync, run);
      if (root !== undefined) {
        watching.progressed({ ...progressOf(root), bytesPerSecond: rate.after(root.counters.bytes, watching.now()) });
      }
      if (execution === undefined) {
        throw new AwsFailure(`Step Functions does not know the execution ${name}`, "absent", {
          next: "look at the state machine's executions in the console",
        });
      }
      const goesOn = !isAtWork(execution) && execution.status === "SUCCEEDED" && root !== undefined && root.part > part;
      if (goesOn) {
        part = root.part;
        continue;
      }
      if (!isAtWork(execution)) {
        return execution;
      }
      isTold = false;
    } catch (error) {
      if (!(error instanceof AwsFailure && PASSING.includes(error.kind))) {
        throw error;
      }
      if (!isTold) {
        watching.notice(`${error.message}. The run goes on; AWS is asked again.`);
      }
      isTold = true;
    }
    await watching.pause();
  }
}

function progressOf({ counters }: Root): Progress {
  const { foldersListed, foldersFailed, entriesListed, transferred, failed, bytes } = counters;
  return { foldersListed, foldersFailed, entries: entriesListed, transferred, failed, bytes };
}

/** How fast bytes have come lately. */
class Rate {
  private samples: { readonly at: number; readonly bytes: number }[] = [];

  /** @returns bytes per second; `undefined` where there is nothing to compare with. */
  after(bytes: number, now: Date): number | undefined {
    const at = now.getTime();
    this.samples = [...this.samples.filter((sample) => at - sample.at <= RATE_MS), { at, bytes }];
    const [first] = this.samples;
    return first === undefined || first.at === at ? undefined : ((bytes - first.bytes) * 1000) / (at - first.at);
  }
}
