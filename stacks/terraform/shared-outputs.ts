import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";
import { SHARED_STACK_ID } from "../naming/names";
import { fromOneRegion } from "./one-region";
import { readState } from "./terraform-state";

/** What the shared stack tells the server stacks. The names are part of the stacks' contract: they never change. */
export interface SharedOutputs {
  readonly listResultsBucketName: string;
  readonly listResultsBucketArn: string;
  readonly keyArn: string;
  readonly topicArn: string;
  readonly scheduleDeadLetterQueueArn: string;
  readonly connectorLoggingRoleArn: string;
  readonly connectorConcurrencyFunctionName: string;
}

const OUTPUTS: readonly (readonly [key: keyof SharedOutputs, name: string, description: string])[] = [
  ["listResultsBucketName", "list_results_bucket_name", "Bucket for listings, reports and ledgers"],
  ["listResultsBucketArn", "list_results_bucket_arn", "ARN of the list-results bucket"],
  ["keyArn", "key_arn", "KMS key for all that is stored"],
  ["topicArn", "topic_arn", "SNS topic for failed runs"],
  ["scheduleDeadLetterQueueArn", "schedule_dead_letter_queue_arn", "SQS queue for runs that could not be started"],
  ["connectorLoggingRoleArn", "connector_logging_role_arn", "Role under which connectors write their logs"],
  [
    "connectorConcurrencyFunctionName",
    "connector_concurrency_function_name",
    "Function that sets the concurrency of a connector",
  ],
];

/** Writes the outputs of the shared stack. */
export function writeSharedOutputs(scope: Construct, values: SharedOutputs): void {
  for (const [key, name, description] of OUTPUTS) {
    new TerraformOutput(scope, name, { value: values[key], description });
  }
}

/** Reads the outputs from the state of the shared stack, which has to be deployed first. */
export function readSharedOutputs(scope: Construct, settings: Settings): SharedOutputs {
  const state = readState(scope, SHARED_STACK_ID, settings);
  state.addOverride("lifecycle.postcondition", fromOneRegion(settings.region, "topic_arn"));
  return {
    listResultsBucketName: state.getString("list_results_bucket_name"),
    listResultsBucketArn: state.getString("list_results_bucket_arn"),
    keyArn: state.getString("key_arn"),
    topicArn: state.getString("topic_arn"),
    scheduleDeadLetterQueueArn: state.getString("schedule_dead_letter_queue_arn"),
    connectorLoggingRoleArn: state.getString("connector_logging_role_arn"),
    connectorConcurrencyFunctionName: state.getString("connector_concurrency_function_name"),
  };
}
