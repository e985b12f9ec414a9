import type { Timeouts } from "../../contract/engine-settings";
import { FINISH_FUNCTION, type RunFunction, type SliceFunction } from "../../contract/run-loop";
import { endOfRun } from "./end-of-run";
import { lambdaTask } from "./lambda-task";
import { FIRST_TASK, loopStates } from "./loop";
import type { PassState, StateMachineDefinition, TaskState } from "./states";

/** ARNs of the run's functions, by their modules. */
export type RunFunctions = Readonly<Record<RunFunction, string>>;

export interface StateMachineDefinitionOptions {
  /** Where the state machine is, such as `aws`. */
  readonly partition: string;
  readonly server: string;
  readonly functions: RunFunctions;
  readonly topicArn: string;
  readonly timeouts: Timeouts;
}

/**
 * One run: a loop of three bounded slices, list, collect and transfer, with a wait where nothing can be done just now.
 * Whatever happens in it, `FinishRun` follows. The state stays small: event, execution, and the last slice's answer.
 */
export function stateMachineDefinition(options: StateMachineDefinitionOptions): StateMachineDefinition {
  const { partition, server, functions, topicArn, timeouts } = options;
  const slice = (name: SliceFunction, next: string): TaskState =>
    lambdaTask({
      partition,
      functionArn: functions[name],
      timeoutSeconds: timeouts.task,
      resultSelector: { "Status.$": "$.Payload.Status", "WaitSeconds.$": "$.Payload.WaitSeconds" },
      resultPath: "$.Slice",
      next,
      onError: "FinishRun",
      errorPath: "$.Error",
    });
  return {
    Comment: `Keeps S3 in step with the SFTP server ${server}. Generated: edit the code, not this.`,
    StartAt: "PrepareRun",
    TimeoutSeconds: timeouts.execution,
    States: {
      PrepareRun: prepareRun,
      ...loopStates(slice),
      ...endOfRun({
        partition,
        server,
        finishRunArn: functions[FINISH_FUNCTION],
        topicArn,
        taskTimeoutSeconds: timeouts.task,
      }),
    },
  };
}

/** The event is passed on whole: a field that is absent must fail a function with a name, not this state without one. */
const prepareRun: PassState = {
  Type: "Pass",
  Parameters: {
    "Event.$": "$",
    Execution: {
      "Id.$": "$$.Execution.Id",
      "Name.$": "$$.Execution.Name",
      "StartTime.$": "$$.Execution.StartTime",
    },
    StateMachine: { "Id.$": "$$.StateMachine.Id" },
  },
  Next: FIRST_TASK,
};
