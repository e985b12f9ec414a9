import type { Timeouts } from "../../contract/engine-settings";
import { endOfRun } from "./end-of-run";
import { lambdaTask } from "./lambda-task";
import type { PassState, State, StateMachineDefinition } from "./states";

/** ARNs of the run's functions. */
export interface RunFunctions {
  readonly remoteFoldersList: string;
  readonly getListStatus: string;
  readonly syncRemoteFolder: string;
  readonly finishRun: string;
}

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
  const slice = (functionArn: string, next: string): State =>
    lambdaTask({
      partition,
      functionArn,
      timeoutSeconds: timeouts.task,
      resultSelector: { "Status.$": "$.Payload.Status", "WaitSeconds.$": "$.Payload.WaitSeconds" },
      resultPath: "$.Slice",
      next,
      onError: "FinishRun",
      errorPath: "$.Error",
    });
  const byStatus = (next: Readonly<Record<string, string>>, otherwise: string): State => ({
    Type: "Choice",
    Choices: Object.entries(next).map(([status, state]) => ({
      Variable: "$.Slice.Status",
      StringEquals: status,
      Next: state,
    })),
    Default: otherwise,
  });
  return {
    Comment: `Keeps S3 in step with the SFTP server ${server}. Generated: edit the code, not this.`,
    StartAt: "PrepareRun",
    TimeoutSeconds: timeouts.execution,
    States: {
      PrepareRun: prepareRun,
      RemoteFoldersList: slice(functions.remoteFoldersList, "IsRunStarted"),
      IsRunStarted: byStatus({ SKIPPED: "FinishRun" }, "GetListStatus"),
      GetListStatus: slice(functions.getListStatus, "SyncRemoteFolder"),
      SyncRemoteFolder: slice(functions.syncRemoteFolder, "IsWorkLeft"),
      IsWorkLeft: byStatus({ DONE: "FinishRun", HANDED_OVER: "RunHandedOver" }, "WaitForProgress"),
      WaitForProgress: { Type: "Wait", SecondsPath: "$.Slice.WaitSeconds", Next: "RemoteFoldersList" },
      RunHandedOver: { Type: "Succeed" },
      ...endOfRun({
        partition,
        server,
        finishRunArn: functions.finishRun,
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
  Next: "RemoteFoldersList",
};
