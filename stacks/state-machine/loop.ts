import { type LoopStep, RUN_LOOP, type RunFunction, type SliceFunction } from "../../contract/run-loop";
import type { ChoiceState, State, TaskState } from "./states";

/** The states that look at a function's answer, where one of its statuses ends the loop. */
const CHOICES: { readonly [name in SliceFunction]?: string } = {
  "remote-folders-list": "IsRunStarted",
  "sync-remote-folder": "IsWorkLeft",
};

const WAIT = "WaitForProgress";

/** What ends the loop, and the state that follows then. */
const ENDS = { finish: "FinishRun", "hand-over": "RunHandedOver" } as const;

/** The first state of the loop. */
export const FIRST_TASK = taskName(RUN_LOOP[0].function);

/** The name of the Task that invokes a function: `RemoteFoldersList` for `remote-folders-list`. */
function taskName(name: RunFunction): string {
  return name.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** @param task makes the Task that invokes a function. */
export function loopStates(task: (name: SliceFunction, next: string) => TaskState): Readonly<Record<string, State>> {
  const states = RUN_LOOP.flatMap((step, position) => {
    const following = RUN_LOOP[position + 1] ?? RUN_LOOP[0];
    return stepStates(step, taskName(following.function), task);
  });
  return { ...Object.fromEntries(states), [ENDS["hand-over"]]: { Type: "Succeed" } };
}

function stepStates(
  { function: name, ends, waits }: LoopStep,
  following: string,
  task: (name: SliceFunction, next: string) => TaskState,
): [string, State][] {
  const goOn = waits ? WAIT : following;
  const choice = CHOICES[name];
  return [
    [taskName(name), task(name, choice ?? goOn)],
    ...(choice === undefined ? [] : [[choice, byStatus(ends, goOn)] satisfies [string, State]]),
    ...(waits
      ? [[WAIT, { Type: "Wait", SecondsPath: "$.Slice.WaitSeconds", Next: following }] satisfies [string, State]]
      : []),
  ];
}

function byStatus(ends: LoopStep["ends"], otherwise: string): ChoiceState {
  return {
    Type: "Choice",
    Choices: Object.entries(ends).map(([status, end]) => ({
      Variable: "$.Slice.Status",
      StringEquals: status,
      Next: ENDS[end],
    })),
    Default: otherwise,
  };
}
