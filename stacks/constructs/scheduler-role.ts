import type { Construct } from "constructs";
import { useKeys } from "../policies/policy-statements";
import type { AwsEnvironment } from "../terraform/aws-environment";
import type { SharedOutputs } from "../terraform/shared-outputs";
import { ServiceRole } from "./service-role";

export interface SchedulerRoleProps {
  readonly aws: AwsEnvironment;
  readonly roleName: string;
  readonly server: string;
  readonly scheduleGroupArn: string;
  readonly stateMachineArn: string;
  readonly shared: SharedOutputs;
}

/** The role of a server's schedules: starts its state machine, sends what could not be started to the dead letters. */
export class SchedulerRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: SchedulerRoleProps) {
    const { aws, roleName, server, scheduleGroupArn, stateMachineArn, shared } = props;
    super(scope, id, {
      aws,
      roleName,
      part: "scheduler",
      server,
      description: `Schedules of the SFTP sync ${server}`,
      service: "scheduler.amazonaws.com",
      // EventBridge Scheduler presents the group, not the single schedule (Scheduler user guide, "Confused deputy").
      onBehalfOf: { sourceArn: scheduleGroupArn },
      statements: [
        { sid: "StartRuns", actions: ["states:StartExecution"], resources: [stateMachineArn] },
        { sid: "SendDeadLetters", actions: ["sqs:SendMessage"], resources: [shared.scheduleDeadLetterQueueArn] },
        useKeys("UseQueueKey", [shared.keyArn], { service: "sqs", region: aws.region }),
      ],
    });
  }
}
