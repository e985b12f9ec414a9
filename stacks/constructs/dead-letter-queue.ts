import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { denyInsecureTransport, type PolicyStatement, policyDocument } from "../policies/policy-document";

export interface DeadLetterQueueProps {
  readonly queueName: string;
  readonly keyArn: string;
  /** An EventBridge rule that may send here; roles send by their own policies. */
  readonly ruleArn?: string;
}

/** The longest that SQS keeps a message: 14 days. */
const RETENTION_SECONDS = 14 * 24 * 3600;

/** An encrypted queue, TLS only, for what could not be delivered. Lets one EventBridge rule send to it where given. */
export class DeadLetterQueue extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { queueName, keyArn, ruleArn }: DeadLetterQueueProps) {
    super(scope, id);
    const queue = new SqsQueue(this, "queue", {
      name: queueName,
      kmsMasterKeyId: keyArn,
      messageRetentionSeconds: RETENTION_SECONDS,
    });
    new SqsQueuePolicy(this, "policy", {
      queueUrl: queue.url,
      policy: policyDocument([
        denyInsecureTransport(["sqs:*"], [queue.arn]),
        ...(ruleArn === undefined ? [] : [ruleMaySend(queue.arn, ruleArn)]),
      ]),
    });
    this.arn = queue.arn;
  }
}

function ruleMaySend(queueArn: string, ruleArn: string): PolicyStatement {
  return {
    sid: "RuleMaySend",
    principal: { service: "events.amazonaws.com" },
    actions: ["sqs:SendMessage"],
    resources: [queueArn],
    conditions: { ArnEquals: { "aws:SourceArn": ruleArn } },
  };
}
