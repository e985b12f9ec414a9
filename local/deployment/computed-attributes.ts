import { createHash } from "node:crypto";

/** The account and Region of a deployment on this machine. */
export interface LocalAccount {
  readonly accountId: string;
  readonly region: string;
}

/** Resolves another argument of the same resource. */
export type Argument = (name: string) => string;

type Compute = (argument: Argument, account: LocalAccount, address: string) => string;

/** Hexadecimal, always the same for the same resource. */
function hash(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

const arn =
  (service: string, resource: (argument: Argument, address: string) => string): Compute =>
  (argument, { accountId, region }, address) =>
    `arn:aws:${service}:${region}:${accountId}:${resource(argument, address)}`;

const named =
  (name: string): Compute =>
  (argument) =>
    argument(name);

/** Letters and digits that Secrets Manager appends to a secret's name in its ARN. */
const SECRET_SUFFIX = 6;

const secretArn = arn("secretsmanager", (argument) => {
  const name = argument("name");
  return `secret:${name}-${hash(name, SECRET_SUFFIX)}`;
});

/** `c-` and 17 hexadecimal digits, by the role that only this connector has: another address keeps the id. */
const connectorId: Compute = (argument) => `c-${hash(argument("access_role"), 17)}`;

const keyId: Compute = (_, __, address) => keyUuid(address);

const keyUuid = (address: string) => hash(address, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** What the provider would know after apply, by resource type and attribute; everything else is an argument as written. */
export const COMPUTED: Readonly<Record<string, Readonly<Record<string, Compute>>>> = {
  aws_cloudwatch_event_rule: { arn: arn("events", (argument) => `rule/${argument("name")}`), id: named("name") },
  aws_cloudwatch_log_group: { arn: arn("logs", (argument) => `log-group:${argument("name")}`), id: named("name") },
  aws_iam_role: {
    arn: (argument, { accountId }) => `arn:aws:iam::${accountId}:role/${argument("name")}`,
    id: named("name"),
  },
  aws_kms_key: { arn: arn("kms", (_, address) => `key/${keyUuid(address)}`), key_id: keyId, id: keyId },
  aws_lambda_function: {
    arn: arn("lambda", (argument) => `function:${argument("function_name")}`),
    id: named("function_name"),
  },
  aws_s3_bucket: { arn: (argument) => `arn:aws:s3:::${argument("bucket")}`, id: named("bucket") },
  aws_scheduler_schedule_group: {
    arn: arn("scheduler", (argument) => `schedule-group/${argument("name")}`),
    id: named("name"),
  },
  aws_secretsmanager_secret: { arn: secretArn, id: secretArn },
  aws_sfn_state_machine: {
    arn: arn("states", (argument) => `stateMachine:${argument("name")}`),
    id: arn("states", (argument) => `stateMachine:${argument("name")}`),
  },
  aws_sns_topic: { arn: arn("sns", (argument) => argument("name")), id: arn("sns", (argument) => argument("name")) },
  aws_sqs_queue: {
    arn: arn("sqs", (argument) => argument("name")),
    url: (argument, { accountId, region }) => `https://sqs.${region}.amazonaws.com/${accountId}/${argument("name")}`,
  },
  aws_ssm_parameter: { arn: arn("ssm", (argument) => `parameter${argument("name")}`), id: named("name") },
  aws_transfer_connector: {
    arn: (argument, account, address) =>
      `arn:aws:transfer:${account.region}:${account.accountId}:connector/${connectorId(argument, account, address)}`,
    connector_id: connectorId,
    id: connectorId,
  },
  "data.aws_caller_identity": { account_id: (_, { accountId }) => accountId, id: (_, { accountId }) => accountId },
  "data.aws_partition": { partition: () => "aws", dns_suffix: () => "amazonaws.com", id: () => "aws" },
  "data.aws_service_principal": {
    id: (argument) => `${argument("service_name")}.${argument("region")}.amazonaws.com`,
  },
  "data.aws_region": {
    name: (_, { region }) => region,
    region: (_, { region }) => region,
    id: (_, { region }) => region,
  },
};
