import * as z from "zod";
import { runPrefix } from "../../../engine/run-context";
import { REPORTS } from "../../engine/support/run-input";
import type { Invocation } from "../world/invocation";
import type { World } from "../world/world";

const lockSchema = z.object({ run: z.string(), executionArn: z.string(), released: z.boolean() });

type Lock = z.infer<typeof lockSchema>;

/** At most one run of a sync is at work, it hands its lock on and never back, and none is kept out by one that has ended. */
export class Locks {
  constructor(private readonly world: World) {}

  /** @returns what is wrong with a change of the lock. */
  changed({ run, execution }: Invocation, before: string | undefined, after: string | undefined): string[] {
    if (execution.context.event.DryRun) {
      return [`the dry run ${run} changes a lock`];
    }
    const from = parse(before);
    const to = parse(after);
    if (from === undefined) {
      return [];
    }
    if (from.run === run) {
      return to?.run === run && partOf(to) < partOf(from) ? [`${run} gave the lock back to ${to.executionArn}`] : [];
    }
    if (to === undefined || to.released) {
      return [`${run} gave back the lock of ${from.run}`];
    }
    return this.world.isAtWork(from.run) && !from.released
      ? [`${run} took the lock of ${from.run}, which is running`]
      : [];
  }

  /**
   * A run that ends may fence its own leftovers off.
   * @returns what is wrong with a commit of the run's work state.
   */
  committed({ run, execution, call }: Invocation): string[] {
    if (call.function === "finish-run" || execution.context.event.DryRun) {
      return [];
    }
    const holder = this.lock(execution.context.lockKey)?.run;
    if (holder === undefined || holder === run) {
      return [];
    }
    const { server, sync } = execution.context;
    const hasBegun = this.world.objects.text(REPORTS, `${runPrefix(server, sync.Name, holder)}root.json`) !== undefined;
    return hasBegun ? [`${run} commits while ${holder} is at work`] : [];
  }

  /** @returns what is wrong once a run has ended in order. */
  finished({ run, execution }: Invocation): string[] {
    const lock = this.lock(execution.context.lockKey);
    // Where it was given up on while it handed over, the lock is its successor's.
    const isHeld = lock?.executionArn === execution.context.executionArn && !lock.released;
    return isHeld ? [`${run} has ended and holds the lock`] : [];
  }

  private lock(key: string): Lock | undefined {
    return parse(this.world.objects.text(REPORTS, key));
  }
}

/** Which of its run's executions holds the lock: `RUN`, then `RUN-2`, `RUN-3`, ... */
function partOf({ run, executionArn }: Lock): number {
  const name = executionArn.slice(executionArn.lastIndexOf(":") + 1);
  return name === run ? 1 : Number(name.slice(run.length + 1));
}

function parse(text: string | undefined): Lock | undefined {
  return text === undefined ? undefined : lockSchema.parse(JSON.parse(text));
}
