import { dirname } from "node:path";
import * as z from "zod";
import { LOCAL_ACCOUNT, LOCAL_REGION } from "../../local/deployment/account";
import type { DeployedRole } from "../least-privilege/deployed-access";
import { principalContext, rolesOf } from "../least-privilege/deployed-access";
import { DeployedStack, jsonAttribute } from "../least-privilege/deployed-stack";
import { type AccessRequest, applies, policySchema, type Statement } from "../least-privilege/policy";
import { synthInto, testServer, testSettings, testSync } from "../stacks/support";
import { tempFolder } from "../support/temp-folder";

/** The second one's name begins like the first one's, and both write below one prefix of one bucket. */
export const SERVERS = ["partner", "partner-b"] as const;
export type Server = (typeof SERVERS)[number];

const TARGET = { BucketName: "lake", Prefix: "in" };

const definitionOf = (name: Server, folder = `/${name}/%year%`) =>
  testServer(name, {
    syncs: [
      testSync("orders", {
        LocalRepository: TARGET,
        RemoteFolders: { Folder: folder, Recursive: true, Include: [], Exclude: [], MaxDepth: 100 },
      }),
    ],
  });

/** A role or user of the account. */
export type Principal = Pick<DeployedRole, "arn" | "tags" | "statements">;

/** Somebody who may do everything, as far as that is for policies of roles and users to say. */
export const ADMINISTRATOR: Principal = {
  arn: `arn:aws:iam::${LOCAL_ACCOUNT}:role/administrator`,
  tags: {},
  statements: policySchema.parse({
    Version: "2012-10-17",
    Statement: [{ Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" }],
  }).Statement,
};

/** ARNs of what belongs to a server. */
export interface ServerParts {
  readonly connector: string;
  readonly secret: string;
  readonly stateMachine: string;
  readonly execution: string;
  readonly runFunction: string;
  readonly targetObject: string;
}

/** ARNs of what all servers share. */
export interface SharedParts {
  readonly bucket: string;
  readonly key: string;
  readonly topic: string;
  readonly queue: string;
  readonly recorderFunction: string;
}

/** Two servers and what they share, as applied. */
export class TwoServers {
  private constructor(
    readonly roles: Readonly<Record<Server | "shared", readonly DeployedRole[]>>,
    readonly parts: Readonly<Record<Server, ServerParts>>,
    readonly shared: SharedParts,
    private readonly policies: ReadonlyMap<string, readonly Statement[]>,
    private readonly connectorTags: ReadonlyMap<string, Readonly<Record<string, string>>>,
  ) {}

  /**
   * @param context settings besides the Region.
   * @param folders each server's, in place of the usual one.
   */
  static async deploy(
    context: Readonly<Record<string, unknown>> = {},
    folders: Partial<Record<Server, string>> = {},
  ): Promise<TwoServers> {
    const settings = testSettings({ region: LOCAL_REGION, ...context });
    const definitions = SERVERS.map((name) => definitionOf(name, folders[name]));
    const stacks = synthInto(tempFolder(), { settings, definitions });
    const [first, second] = SERVERS;
    const { shared, own } = await DeployedStack.read(dirname(stacks), first);
    const { own: other } = await DeployedStack.read(dirname(stacks), second);
    const all = [shared, own, other];
    return new TwoServers(
      { shared: rolesOf(shared), [first]: rolesOf(own), [second]: rolesOf(other) },
      { [first]: serverParts(own, first), [second]: serverParts(other, second) },
      sharedParts(shared),
      new Map(all.flatMap(resourcePolicies)),
      new Map(all.flatMap(connectorTags)),
    );
  }

  role(of: Server | "shared", name: string): DeployedRole {
    const role = this.roles[of].find((one) => one.name === name);
    if (role === undefined) {
      throw new Error(`${of} has no role ${name}`);
    }
    return role;
  }

  /**
   * Whether the principal's own policies and that of the resource together allow it. The account is the same, unless the context
   * says otherwise: then its owner has allowed everything.
   */
  allows(principal: Principal, action: string, resource: string, context: AccessRequest["context"] = {}): boolean {
    const tags = this.connectorTags.get(resource) ?? {};
    const ofResource = Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
    const request: AccessRequest = {
      action,
      resource,
      account: LOCAL_ACCOUNT,
      context: {
        "aws:SecureTransport": "true",
        "aws:ResourceAccount": LOCAL_ACCOUNT,
        ...principalContext(principal),
        ...Object.fromEntries(ofResource),
        ...context,
      },
    };
    const policy = this.policies.get(resource.startsWith("arn:aws:s3:::") ? (resource.split("/")[0] ?? "") : resource);
    const ofPrincipal = principal.statements.filter((statement) => applies(statement, request));
    const onResource = (policy ?? []).filter((statement) => applies(statement, request));
    const denied = [...ofPrincipal, ...onResource].some(({ Effect }) => Effect === "Deny");
    // A key counts policies of roles only where its own says so (KMS developer guide, "Default key policy").
    const counts = !resource.startsWith("arn:aws:kms:") || onResource.some(({ Effect }) => Effect === "Allow");
    return !denied && counts && ofPrincipal.some(({ Effect }) => Effect === "Allow");
  }
}

const arnShape = { arn: z.string() };

function serverParts(stack: DeployedStack, server: Server): ServerParts {
  const stateMachine = stack.only("aws_sfn_state_machine", arnShape).arn;
  const functions = stack.all("aws_lambda_function", arnShape);
  return {
    connector: stack.only("aws_transfer_connector", arnShape).arn,
    secret: stack.only("aws_secretsmanager_secret", arnShape).arn,
    stateMachine,
    execution: `${stateMachine.replace(":stateMachine:", ":execution:")}:run`,
    runFunction: functions[0]?.values.arn ?? "",
    targetObject: `arn:aws:s3:::${TARGET.BucketName}/${TARGET.Prefix}/${server}/2026/orders.csv`,
  };
}

function sharedParts(stack: DeployedStack): SharedParts {
  const recorder = stack.all("aws_lambda_function", arnShape).find(({ name }) => name === "record_listing_failure");
  const queue = stack.all("aws_sqs_queue", arnShape).find(({ name }) => name === "schedule_dead_letter");
  return {
    bucket: stack.only("aws_s3_bucket", arnShape).arn,
    key: stack.only("aws_kms_key", arnShape).arn,
    topic: stack.only("aws_sns_topic", arnShape).arn,
    queue: queue?.values.arn ?? "",
    recorderFunction: recorder?.values.arn ?? "",
  };
}

/** Policies of buckets, keys, topics and secrets, by the ARN of what they are on. */
function resourcePolicies(stack: DeployedStack): [string, readonly Statement[]][] {
  const policy = jsonAttribute(policySchema);
  return [
    ...stack
      .all("aws_s3_bucket_policy", { bucket: z.string(), policy })
      .map(({ values }): [string, Statement[]] => [`arn:aws:s3:::${values.bucket}`, values.policy.Statement]),
    ...stack
      .all("aws_secretsmanager_secret_policy", { secret_arn: z.string(), policy })
      .map(({ values }): [string, Statement[]] => [values.secret_arn, values.policy.Statement]),
    ...stack
      .all("aws_kms_key", { arn: z.string(), policy })
      .map(({ values }): [string, Statement[]] => [values.arn, values.policy.Statement]),
    ...stack
      .all("aws_sns_topic_policy", { arn: z.string(), policy })
      .map(({ values }): [string, Statement[]] => [values.arn, values.policy.Statement]),
  ];
}

function connectorTags(stack: DeployedStack): [string, Record<string, string>][] {
  return stack
    .all("aws_transfer_connector", { arn: z.string(), tags: z.record(z.string(), z.string()) })
    .map(({ values }) => [values.arn, values.tags]);
}
