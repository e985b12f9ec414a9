import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { LISTING_COMPLETED, LISTING_FAILED } from "../../contract/listing-events";
import type { SharedNames } from "../naming/names";
import { jsonText } from "../terraform/terraform-text";
import { DeadLetterQueue } from "./dead-letter-queue";
import type { ZipFunction } from "./zip-function";

export interface FailedListingsProps {
  readonly names: SharedNames;
  readonly keyArn: string;
}

/** Beyond this a run has long given up on the listing by itself (timeouts.listing). */
const MAX_EVENT_AGE_SECONDS = 3600;

/**
 * The events of directory listings that may leave no output: of those that failed there is none, and whether the connector
 * writes one of an empty folder is documented nowhere. A rule picks up the failed ones, and the completed ones but for those
 * that say how many items they have; a queue of dead letters takes what could not be delivered or handled.
 */
export class FailedListings extends Construct {
  readonly deadLetterQueueArn: string;
  private readonly rule: CloudwatchEventRule;

  constructor(scope: Construct, id: string, { names, keyArn }: FailedListingsProps) {
    super(scope, id);
    this.rule = new CloudwatchEventRule(this, "event_rule", {
      name: names.failedListingsRule,
      description: "Directory listings of SFTP connectors that failed, or found nothing",
      eventPattern: jsonText({
        source: ["aws.transfer"],
        $or: [
          { "detail-type": [LISTING_FAILED] },
          { "detail-type": [LISTING_COMPLETED], detail: { "item-count": [0, "0", null] } },
          { "detail-type": [LISTING_COMPLETED], detail: { "item-count": [{ exists: false }] } },
        ],
      }),
    });
    this.deadLetterQueueArn = new DeadLetterQueue(this, "dead_letter", {
      queueName: names.failedListingsDeadLetterQueue,
      keyArn,
      ruleArn: this.rule.arn,
    }).arn;
  }

  /** Has every event handed to the function, which the rule may then invoke. */
  deliverTo({ arn, functionName }: ZipFunction): void {
    const permission = new LambdaPermission(this, "permission", {
      statementId: "AllowRule",
      action: "lambda:InvokeFunction",
      functionName,
      principal: "events.amazonaws.com",
      sourceArn: this.rule.arn,
    });
    new CloudwatchEventTarget(this, "event_target", {
      rule: this.rule.name,
      targetId: "recorder",
      arn,
      retryPolicy: { maximumEventAgeInSeconds: MAX_EVENT_AGE_SECONDS, maximumRetryAttempts: 20 },
      deadLetterConfig: { arn: this.deadLetterQueueArn },
      dependsOn: [permission],
    });
  }
}
