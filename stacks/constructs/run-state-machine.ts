import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";
import { stateMachineLogGroup } from "../naming/names";
import type { StateMachineDefinition } from "../state-machine/states";
import { jsonText } from "../terraform/terraform-text";
import type { ServiceRole } from "./service-role";

export interface RunStateMachineProps {
  readonly settings: Settings;
  readonly stateMachineName: string;
  readonly definition: StateMachineDefinition;
  readonly role: ServiceRole;
  readonly keyArn: string;
}

/**
 * The state machine of a server's runs, with a log group for its errors. Standard, not Express: a run may take a day, and
 * its history is what one looks at.
 */
export class RunStateMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: RunStateMachineProps) {
    super(scope, id);
    const { settings, stateMachineName, definition, role, keyArn } = props;
    const logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: stateMachineLogGroup(stateMachineName),
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: keyArn,
    });
    this.arn = new SfnStateMachine(this, "state_machine", {
      name: stateMachineName,
      type: "STANDARD",
      definition: jsonText(definition),
      roleArn: role.arn,
      loggingConfiguration: {
        level: "ERROR",
        includeExecutionData: false,
        logDestination: `${logGroup.arn}:*`,
      },
      dependsOn: [role.policy],
    }).arn;
  }
}
