import { timeoutsSchema } from "../../contract/engine-settings";
import { stateMachineDefinition } from "../../stacks/state-machine/definition";

const UNNAMED = { "remote-folders-list": "", "get-list-status": "", "sync-remote-folder": "", "finish-run": "" };

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
