import * as z from "zod";
import type { Tags } from "./calls";
import { DeployedStack, jsonAttribute } from "./deployed-stack";
import { policySchema, type Statement } from "./policy";

const tagsSchema = z.record(z.string(), z.string());

export interface DeployedRole {
  /** Its name in state. */
  readonly name: string;
  readonly arn: string;
  readonly tags: Tags;
  readonly trust: readonly Statement[];
  readonly statements: readonly Statement[];
}

/** Something that acts under a role. */
export interface Actor {
  /** As calls name their caller: a function's name, or one of {@link ACTORS}. */
  readonly name: string;
  readonly roleArn: string;
  readonly service: string;
  /** On whose behalf the service says that it assumes the role. */
  readonly sourceArn: string;
}

/** Who acts besides the functions. */
export const ACTORS = {
  connector: "the connector",
  connectorLog: "the connector's log",
  stateMachine: "the state machine",
  schedule: "the schedules",
} as const;

/** What a request carries of the role under which it is made. */
export function principalContext({ arn, tags }: Pick<DeployedRole, "arn" | "tags">): Record<string, string> {
  const ofTags = Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
  return { "aws:PrincipalArn": arn, ...Object.fromEntries(ofTags) };
}

/** What two deployed stacks say about access. */
export interface DeployedAccess {
  readonly roles: readonly DeployedRole[];
  readonly actors: readonly Actor[];
  /** By the name of the bucket. */
  readonly bucketPolicies: ReadonlyMap<string, readonly Statement[]>;
  /** ARNs of KMS keys, by the name of the bucket or the ARN of the topic or secret that is encrypted with one. */
  readonly keys: ReadonlyMap<string, string>;
  readonly connectorLogGroup: string;
  readonly connectorTags: Tags;
  /** What the schedules start. */
  readonly scheduleTarget: string;
}

/** @param outdir CDKTF's output folder. */
export async function readDeployedAccess(outdir: string, server: string): Promise<DeployedAccess> {
  const { shared, own } = await DeployedStack.read(outdir, server);
  const stacks = [shared, own];
  const connector = own.only("aws_transfer_connector", {
    id: z.string(),
    arn: z.string(),
    access_role: z.string(),
    logging_role: z.string(),
    tags: tagsSchema,
  });
  const machine = own.only("aws_sfn_state_machine", { arn: z.string(), role_arn: z.string() });
  const group = own.only("aws_scheduler_schedule_group", { arn: z.string() });
  const target = z.object({ arn: z.string(), role_arn: z.string() });
  const [schedule] = own.all("aws_scheduler_schedule", { target });
  if (schedule === undefined) {
    throw new Error("The server's stack has no schedule");
  }
  const scheduled = schedule.values.target;
  return {
    roles: stacks.flatMap(rolesOf),
    actors: [
      ...stacks.flatMap(functions),
      actor(ACTORS.connector, connector.access_role, "transfer", connector.arn),
      actor(ACTORS.connectorLog, connector.logging_role, "transfer", connector.arn),
      actor(ACTORS.stateMachine, machine.role_arn, "states", machine.arn),
      actor(ACTORS.schedule, scheduled.role_arn, "scheduler", group.arn),
    ],
    bucketPolicies: new Map(
      shared
        .all("aws_s3_bucket_policy", { bucket: z.string(), policy: jsonAttribute(policySchema) })
        .map(({ values }) => [values.bucket, values.policy.Statement]),
    ),
    keys: new Map(stacks.flatMap(keys)),
    connectorTags: connector.tags,
    connectorLogGroup: `/aws/transfer/${connector.id}`,
    scheduleTarget: scheduled.arn,
  };
}

const actor = (name: string, roleArn: string, service: string, sourceArn: string): Actor => ({
  name,
  roleArn,
  service: `${service}.amazonaws.com`,
  sourceArn,
});

function functions(stack: DeployedStack): Actor[] {
  return stack
    .all("aws_lambda_function", { function_name: z.string(), role: z.string(), arn: z.string() })
    .map(({ values: { function_name, role, arn } }) => actor(function_name, role, "lambda", arn));
}

export function rolesOf(stack: DeployedStack): DeployedRole[] {
  const policies = stack.all("aws_iam_role_policy", { role: z.string(), policy: jsonAttribute(policySchema) });
  return stack
    .all("aws_iam_role", {
      name: z.string(),
      arn: z.string(),
      tags: tagsSchema,
      assume_role_policy: jsonAttribute(policySchema),
    })
    .map(({ name, values: role }) => ({
      name,
      arn: role.arn,
      tags: role.tags,
      trust: role.assume_role_policy.Statement,
      statements: policies
        .filter(({ values }) => values.role === role.name)
        .flatMap(({ values }) => values.policy.Statement),
    }));
}

function keys(stack: DeployedStack): [string, string][] {
  const encryption = z.object({ kms_master_key_id: z.string() });
  const rule = z.tuple([z.object({ apply_server_side_encryption_by_default: encryption })]);
  const buckets = stack.all("aws_s3_bucket_server_side_encryption_configuration", { bucket: z.string(), rule });
  const topics = stack.all("aws_sns_topic", { arn: z.string(), kms_master_key_id: z.string() });
  const secrets = stack.all("aws_secretsmanager_secret", { arn: z.string(), kms_key_id: z.string() });
  return [
    ...buckets.map(({ values: { bucket, rule } }): [string, string] => [
      bucket,
      rule[0].apply_server_side_encryption_by_default.kms_master_key_id,
    ]),
    ...topics.map(({ values }): [string, string] => [values.arn, values.kms_master_key_id]),
    ...secrets.map(({ values }): [string, string] => [values.arn, values.kms_key_id]),
  ];
}
