import type { RunEvent } from "../../contract/run-event";
import { passLock } from "../lock/lock";
import type { RunContext } from "../run-context";
import type { Slice, SliceResult } from "../slice";
import type { Work } from "../work/work";

/** Longest name of an execution (Step Functions API reference, StartExecution). */
const MAX_NAME = 80;

/**
 * Lets the run go on in a further execution, before this one's history is full. The work state and then the lock name the
 * successor before it starts: should this execution die in between, the lock's holder is not running, and the next run
 * takes over. The work state comes first, since it tells a repetition to go on with the hand-over. Repeating all of it
 * changes nothing.
 */
export async function handOver({ services, context }: Slice, work: Work): Promise<SliceResult> {
  const { root } = work;
  const part = context.part + 1;
  if (root.part < part) {
    root.part = part;
    root.rounds = 0;
    await work.commit();
  }
  const name = successorName(context.run, part);
  if (!context.event.DryRun) {
    await passLock(services.objects, context, successorArn(context, name));
  }
  const Run = { Name: context.run, StartedAt: context.startedAt.toISOString(), Part: part };
  await services.executions.start(context.stateMachineArn, name, { ...context.event, Run } satisfies RunEvent);
  return { Status: "HANDED_OVER", WaitSeconds: 0 };
}

/** The execution in which a run goes on. @param part 2 for the first one after the run's own. */
export function successorName(run: string, part: number): string {
  const suffix = `-${part}`;
  return run.slice(0, MAX_NAME - suffix.length) + suffix;
}

/** ARNs of executions differ in their last part only, which is the name. */
function successorArn({ executionArn }: RunContext, name: string): string {
  return `${executionArn.slice(0, executionArn.lastIndexOf(":") + 1)}${name}`;
}
