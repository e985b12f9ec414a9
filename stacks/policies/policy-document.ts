import { jsonText } from "../terraform/terraform-text";

type ConditionOperator =
  | "ArnEquals"
  | "ArnLike"
  | "ArnNotLike"
  | "Bool"
  | "Null"
  | "StringEquals"
  | "StringLike"
  | "StringLikeIfExists"
  | "StringNotEquals";

/** Operator, then condition key, then the value or values. */
export type Conditions = Partial<Record<ConditionOperator, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of an IAM policy. */
export interface PolicyStatement {
  readonly sid: string;
  /** Default: `Allow`. */
  readonly effect?: "Allow" | "Deny";
  /** In the policy of a resource or a role's trust: who; `*` is anybody. */
  readonly principal?: "*" | { readonly service: string | readonly string[] } | { readonly aws: string };
  /** Absent where `allActionsBut` stands. */
  readonly actions?: readonly string[];
  /** Instead of `actions`: all but these. Only for what is denied. */
  readonly allActionsBut?: readonly string[];
  /** Absent in trust policies. */
  readonly resources?: readonly string[];
  /** Instead of `resources`: all but these. Only for what is denied. */
  readonly allResourcesBut?: readonly string[];
  readonly conditions?: Conditions;
}

/** An IAM policy as JSON text. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return jsonText({ Version: "2012-10-17", Statement: statements.map(statementJson) });
}

function statementJson(statement: PolicyStatement) {
  const {
    sid,
    effect = "Allow",
    principal,
    actions,
    allActionsBut,
    resources,
    allResourcesBut,
    conditions,
  } = statement;
  return {
    Sid: sid,
    Effect: effect,
    ...(principal === undefined ? {} : { Principal: principalJson(principal) }),
    ...(actions === undefined ? {} : { Action: actions }),
    ...(allActionsBut === undefined ? {} : { NotAction: allActionsBut }),
    ...(resources === undefined ? {} : { Resource: resources }),
    ...(allResourcesBut === undefined ? {} : { NotResource: allResourcesBut }),
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}

function principalJson(principal: NonNullable<PolicyStatement["principal"]>) {
  if (principal === "*") {
    return "*";
  }
  return "service" in principal ? { Service: principal.service } : { AWS: principal.aws };
}

/** Denies every request that does not come over TLS. */
export function denyInsecureTransport(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return {
    sid: "DenyInsecureTransport",
    effect: "Deny",
    principal: "*",
    actions,
    resources,
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}
