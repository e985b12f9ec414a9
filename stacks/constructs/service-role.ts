import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { type PolicyStatement, policyDocument } from "../policies/policy-document";
import type { AwsEnvironment } from "../terraform/aws-environment";

export interface ServiceRoleProps {
  readonly aws: AwsEnvironment;
  readonly roleName: string;
  readonly description: string;
  /** The service that assumes the role, such as `transfer.amazonaws.com`. */
  readonly service: string;
  /**
   * On whose behalf the service may assume it; only the account is checked where this is absent. It is for Lambda: AWS
   * documents aws:SourceArn for roles that other services assume, not for execution roles. That Lambda sends
   * aws:SourceAccount is taken for granted without having been tried; if it did not, functions could not be created.
   */
  readonly sourceArn?: string;
  /** All that the role may do. */
  readonly statements: readonly PolicyStatement[];
}

/**
 * An IAM role that one AWS service assumes for this account, with one inline policy. Grants what the statements say. A role
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

function trust({ aws, service, sourceArn }: ServiceRoleProps): PolicyStatement {
  return {
    sid: "AssumedByTheServiceForThisAccount",
    principal: { service },
    actions: ["sts:AssumeRole"],
    conditions: {
      StringEquals: { "aws:SourceAccount": aws.accountId },
      ...(sourceArn === undefined ? {} : { ArnLike: { "aws:SourceArn": sourceArn } }),
    },
  };
}
