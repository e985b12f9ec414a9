import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { nameOfEmail } from "../../config/naming/names";
import { denyInsecureTransport, type PolicyStatement, policyDocument } from "../policies/policy-document";
import type { AwsEnvironment } from "../terraform/aws-environment";

export interface NotificationTopicProps {
  readonly aws: AwsEnvironment;
  readonly topicName: string;
  readonly keyArn: string;
  /** Each gets a mail from AWS and must confirm it. */
  readonly emails: readonly string[];
}

/**
 * The encrypted topic for failed runs and alarms, with its e-mail subscriptions. Lets CloudWatch alarms of this account
 * publish; state machines do so by their own role.
 */
export class NotificationTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { aws, topicName, keyArn, emails }: NotificationTopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, "topic", { name: topicName, kmsMasterKeyId: keyArn });
    this.arn = topic.arn;
    new SnsTopicPolicy(this, "policy", {
      arn: topic.arn,
      policy: policyDocument([
        accountMayAdminister(aws, topic.arn),
        alarmsMayPublish(aws, topic.arn),
        denyInsecureTransport(["sns:Publish"], [topic.arn]),
      ]),
    });
    // Keyed by the address, so that removing one subscription does not touch another.
    for (const email of emails) {
      new SnsTopicSubscription(this, nameOfEmail(email), {
        topicArn: topic.arn,
        protocol: "email",
        endpoint: email,
      });
    }
  }
}

/** A topic policy replaces SNS's default, which lets the account administer its topic. */
function accountMayAdminister(aws: AwsEnvironment, topicArn: string): PolicyStatement {
  return {
    sid: "AccountMayAdminister",
    principal: { aws: aws.accountRoot },
    actions: [
      "sns:AddPermission",
      "sns:DeleteTopic",
      "sns:GetTopicAttributes",
      "sns:ListSubscriptionsByTopic",
      "sns:Publish",
      "sns:RemovePermission",
      "sns:SetTopicAttributes",
      "sns:Subscribe",
    ],
    resources: [topicArn],
  };
}

function alarmsMayPublish(aws: AwsEnvironment, topicArn: string): PolicyStatement {
  return {
    sid: "AlarmsMayPublish",
    principal: { service: "cloudwatch.amazonaws.com" },
    actions: ["sns:Publish"],
    resources: [topicArn],
    conditions: {
      StringEquals: { "aws:SourceAccount": aws.accountId },
      ArnLike: { "aws:SourceArn": aws.arn("cloudwatch", "alarm:*") },
    },
  };
}
