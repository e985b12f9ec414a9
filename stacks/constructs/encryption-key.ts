import { DataAwsServicePrincipal } from "@cdktf/provider-aws/lib/data-aws-service-principal";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { connectorLogGroup, lambdaLogGroup, stateMachineLogGroup } from "../naming/names";
import { type PolicyStatement, policyDocument } from "../policies/policy-document";
import type { AwsEnvironment } from "../terraform/aws-environment";

export interface EncryptionKeyProps {
  readonly aws: AwsEnvironment;
  /** With `alias/` in front. */
  readonly aliasName: string;
  /** What the installation's functions and state machines begin with, and so their log groups. */
  readonly namePrefix: string;
}

/**
 * The key for everything that this system stores: list results, secrets, notifications, dead letters and logs. Roles get
 * their part by their own policies; the key's policy adds only what services do in their own name.
 */
export class EncryptionKey extends Construct {
  readonly arn: string;
  /** For what the key has to outlive. */
  readonly resource: KmsKey;

  constructor(scope: Construct, id: string, { aws, aliasName, namePrefix }: EncryptionKeyProps) {
    super(scope, id);
    // Its name ends otherwise in China, and only the provider knows where else.
    const logs = new DataAwsServicePrincipal(this, "logs", { serviceName: "logs", region: aws.region });
    const key = new KmsKey(this, "key", {
      description: "SFTP to S3 sync: list results, secrets, notifications, dead letters and logs",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument([accountMayDelegate(aws), logGroups(aws, namePrefix, logs.id), publishers()]),
    });
    new KmsAlias(this, "alias", { name: aliasName, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.resource = key;
  }
}

/** AWS's own default: without it nobody could ever administer the key, and IAM policies would not count. */
function accountMayDelegate(aws: AwsEnvironment): PolicyStatement {
  return {
    sid: "AccountMayDelegate",
    principal: { aws: aws.accountRoot },
    actions: ["kms:*"],
    resources: ["*"],
  };
}

/**
 * For the log groups of the installation; those of connectors go by ids that come later.
 * @param service the logs service of this Region, as a principal.
 */
function logGroups(aws: AwsEnvironment, namePrefix: string, service: string): PolicyStatement {
  const names = [lambdaLogGroup(`${namePrefix}-*`), stateMachineLogGroup(`${namePrefix}-*`), connectorLogGroup("c-*")];
  return {
    sid: "LogGroups",
    principal: { service },
    actions: [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ],
    resources: ["*"],
    conditions: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": names.map((name) => aws.arn("logs", `log-group:${name}`)) },
    },
  };
}

/**
 * EventBridge sends undeliverable events to an encrypted queue, CloudWatch publishes alarms to the encrypted topic. With
 * aws:SourceArn or aws:SourceAccount here, EventBridge's deliveries fail, and for CloudWatch AWS documents none: the
 * policies of queue and topic carry them.
 */
function publishers(): PolicyStatement {
  return {
    sid: "EventAndAlarmDelivery",
    principal: { service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: ["*"],
  };
}
