import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import type { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ServerNames } from "../../config/naming/aws-names";
import type { Schedule, ServerDefinition, SyncDefinition } from "../../contract/model";
import { parameterValue } from "../../contract/parameter-value";
import { byHandEvent, type RunTarget, scheduledEvent } from "../../contract/run-event";
import { jsonText, literal } from "../terraform/terraform-text";
import type { ServiceRole } from "./service-role";

export interface SyncStartProps {
  readonly server: ServerDefinition;
  readonly sync: SyncDefinition;
  readonly names: ServerNames;
  readonly target: RunTarget;
  readonly stateMachineArn: string;
  readonly group: SchedulerScheduleGroup;
  readonly role: ServiceRole;
  readonly deadLetterQueueArn: string;
  /** All that a run needs: a `rate()` schedule fires as soon as it exists. */
  readonly runsAfter: readonly ITerraformDependable[];
}

/** A run that could not be started within this time is left to the next one. */
const MAX_EVENT_AGE_SECONDS = 3600;

/**
 * The two ways in which a sync is started: its schedule (none where it runs on demand only), and an SSM parameter with
 * the event that a person sends. Grants nothing.
 */
export class SyncStart extends Construct {
  readonly parameterName: string;

  constructor(scope: Construct, id: string, props: SyncStartProps) {
    super(scope, id);
    const { server, sync, names, target } = props;
    this.parameterName = names.parameter(sync.setting.Name);
    new SsmParameter(this, "parameter", {
      name: this.parameterName,
      description: `Event for a run of ${server.name} / ${sync.setting.Name} by hand: input of its state machine`,
      type: "String",
      // A standard parameter ends at 4 KB, which a long list of globs exceeds.
      tier: "Intelligent-Tiering",
      value: literal(parameterValue(byHandEvent(server, sync, target))),
    });
    if (sync.schedule.kind !== "on-demand") {
      this.schedule(props, sync.schedule);
    }
  }

  private schedule(props: SyncStartProps, { expression, timezone }: Exclude<Schedule, { kind: "on-demand" }>): void {
    const { server, sync, names, target, stateMachineArn, group, role, deadLetterQueueArn, runsAfter } = props;
    new SchedulerSchedule(this, "schedule", {
      name: names.schedule(sync.setting.Name),
      groupName: group.name,
      description: `Starts the sync ${server.name} / ${sync.setting.Name}`,
      state: sync.enabled ? "ENABLED" : "DISABLED",
      scheduleExpression: expression,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: stateMachineArn,
        roleArn: role.arn,
        input: jsonText(scheduledEvent(server, sync, target)),
        retryPolicy: { maximumEventAgeInSeconds: MAX_EVENT_AGE_SECONDS, maximumRetryAttempts: 30 },
        deadLetterConfig: { arn: deadLetterQueueArn },
      },
      dependsOn: [role.policy, ...runsAfter],
    });
  }
}
