import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { denyInsecureTransport, type PolicyStatement, policyDocument } from "../policy-document";
import type { AwsEnvironment } from "./aws-environment";

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
    for (const email of new Set(emails)) {
      new SnsTopicSubscription(this, subscriptionId(email), {
        topicArn: topic.arn,
        protocol: "email",
        endpoint: email,
      });
    }
  }
}

/** Keyed by the address, so that removing one subscription does not touch another. */
const subscriptionId = (email: string): string => email.toLowerCase().replaceAll(/[^a-z0-9-]/g, "_");

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
