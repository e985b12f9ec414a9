import { timeoutsSchema } from "../../contract/engine-settings";
import { stateMachineDefinition } from "../../stacks/state-machine/definition";

const UNNAMED = { remoteFoldersList: "", getListStatus: "", syncRemoteFolder: "", finishRun: "" };

/** The states that an execution may come through, whichever server it is for. */
export const STATES: readonly string[] = Object.keys(
  stateMachineDefinition({
    partition: "",
    server: "",
    functions: UNNAMED,
    topicArn: "",
    timeouts: timeoutsSchema.parse({}),
  }).States,
);
