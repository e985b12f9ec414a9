import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { PART_TAG, SERVER_TAG } from "../../config/naming/tags";
import { type PolicyStatement, policyDocument } from "../policies/policy-document";
import type { AwsEnvironment } from "../terraform/aws-environment";

/**
 * `anybody`: nothing is checked, since nothing is said. A service assumes only roles that somebody of their account has
 * passed to it. `account`: whatever is this account's. Otherwise the resource, whose ARN may have wildcards.
 */
export type OnBehalfOf = "anybody" | "account" | { readonly sourceArn: string };

export type RolePart =
  | "connector"
  | "connector-concurrency"
  | "connector-logging"
  | "engine"
  | "recorder"
  | "scheduler"
  | "state-machine";

export interface ServiceRoleProps {
  readonly aws: AwsEnvironment;
  readonly roleName: string;
  /** Which part of the installation acts under the role: a tag that policies go by. */
  readonly part: RolePart;
  /** The server that the role belongs to: a tag too; absent where it is shared. */
  readonly server?: string;
  readonly description: string;
  /** The service that assumes the role, such as `transfer.amazonaws.com`. */
  readonly service: string;
  /** On whose behalf, as far as AWS documents that the service says so: a wrong condition locks the service out. */
  readonly onBehalfOf: OnBehalfOf;
  /** All that the role may do. */
  readonly statements: readonly PolicyStatement[];
}

/**
 * An IAM role that one AWS service assumes, with one inline policy. Grants what the statements say. A role
 * that is there keeps its name, since another one would be another role: names have not always ended with the Region.
 */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** What acts under the role depends on this, so that it does not start before it may. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name: props.roleName,
      description: props.description,
      assumeRolePolicy: policyDocument([trust(props)]),
      tags: { [PART_TAG]: props.part, ...(props.server === undefined ? {} : { [SERVER_TAG]: props.server }) },
      lifecycle: { ignoreChanges: ["name"] },
    });
    this.policy = new IamRolePolicy(this, "policy", {
      name: role.name,
      role: role.name,
      policy: policyDocument(props.statements),
    });
    this.arn = role.arn;
  }
}

function trust({ aws, service, onBehalfOf }: ServiceRoleProps): PolicyStatement {
  const statement = { sid: "AssumedByTheService", principal: { service }, actions: ["sts:AssumeRole"] };
  if (onBehalfOf === "anybody") {
    return statement;
  }
  const ofAccount = { StringEquals: { "aws:SourceAccount": aws.accountId } };
  const conditions =
    onBehalfOf === "account" ? ofAccount : { ...ofAccount, ArnLike: { "aws:SourceArn": onBehalfOf.sourceArn } };
  return { ...statement, conditions };
}
