import { expect } from "chai";
import { z } from "zod";
import { embeddedJson, ref, type StackJson, synthStack, testServer, testSync } from "./support";

const list = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const policySchema = z.object({
  Version: z.literal("2012-10-17"),
  Statement: z.array(
    z.object({
      Sid: z.string().regex(/^[A-Za-z0-9]+$/),
      Effect: z.enum(["Allow", "Deny"]),
      Principal: z.union([z.literal("*"), z.record(z.string(), list)]).optional(),
      Action: list,
      Resource: list.optional(),
      Condition: z.record(z.string(), z.record(z.string(), list)).optional(),
    }),
  ),
});

type Statement = z.infer<typeof policySchema>["Statement"][number];
type Placed = Statement & { readonly address: string };

const POLICY_ATTRIBUTES = ["policy", "assume_role_policy"];

function statements(stack: StackJson): Placed[] {
  return Object.entries(stack.resource).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, attributes]) =>
      POLICY_ATTRIBUTES.filter((attribute) => attributes[attribute] !== undefined).flatMap((attribute) =>
        embeddedJson(policySchema, attributes[attribute]).Statement.map((statement) => ({
          ...statement,
          address: `${type}.${name}`,
        })),
      ),
    ),
  );
}

const definitions = [
  testServer("partner-a", {
    syncs: [
      testSync("orders", { localRepository: { bucketName: "lake", prefix: "in/orders" } }),
      testSync("all", {
        localRepository: {
          bucketName: "archive",
          prefix: "",
          kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/a",
        },
      }),
      testSync("odd", { localRepository: { bucketName: "lake", prefix: "a*b" } }),
    ],
  }),
];
const shared = statements(synthStack("shared", {}));
const server = statements(synthStack("server-partner-a", { definitions }));
const all = [...shared, ...server];
const allowed = all.filter(({ Effect }) => Effect === "Allow");

const BUCKET = ref("data.terraform_remote_state.shared.outputs.list_results_bucket_arn");
const S3 = `arn:${ref("data.aws_partition.current.partition")}:s3:::`;

const bySid = (address: string, sid: string): Placed => {
  const found = all.filter((statement) => statement.address === address && statement.Sid === sid);
  expect(found, `${address} ${sid}`).to.have.lengthOf(1);
  const [first] = found;
  if (first === undefined) {
    throw new Error(`${address} has no statement ${sid}`);
  }
  return first;
};

describe("policies", () => {
  it("are there: one per role, and one per bucket, topic, queue and key", () => {
    expect(shared).not.to.be.empty;
    expect(new Set(server.map(({ address }) => address))).to.have.lengthOf(8);
    expect(new Set(shared.map(({ address }) => address))).to.have.lengthOf(9);
  });

  it("allow no wildcard action but the account's own hold on its key", () => {
    const wild = allowed.filter(({ Action }) => Action.some((action) => action.includes("*")));
    expect(wild.map(({ address, Sid }) => `${address} ${Sid}`)).to.deep.equal([
      "aws_kms_key.shared AccountMayDelegate",
    ]);
  });

  it("allow every resource only where AWS knows no narrower one", () => {
    const wild = allowed.filter(({ Resource }) => Resource?.includes("*"));
    expect(wild.map(({ address, Sid }) => `${address} ${Sid}`)).to.have.members([
      // In a key's policy `*` is the key itself.
      "aws_kms_key.shared AccountMayDelegate",
      "aws_kms_key.shared LogGroups",
      "aws_kms_key.shared EventAndAlarmDelivery",
      // Log delivery has no resource type.
      "aws_iam_role_policy.state_machine DeliverLogs",
    ]);
  });

  it("trust a service for this account only, and where possible for one source", () => {
    const trusts = all.filter(({ Action }) => Action.includes("sts:AssumeRole"));
    expect(trusts).to.have.lengthOf(6);
    for (const { address, Principal, Condition } of trusts) {
      expect(Principal, address).to.have.property("Service").with.lengthOf(1);
      expect(Condition?.StringEquals?.["aws:SourceAccount"], address).to.deep.equal([
        ref("data.aws_caller_identity.current.account_id"),
      ]);
    }
    const withoutSource = trusts.filter(({ Condition }) => Condition?.ArnLike?.["aws:SourceArn"] === undefined);
    expect(withoutSource.map(({ address }) => address)).to.have.members([
      "aws_iam_role.engine",
      "aws_iam_role.recorder",
    ]);
  });

  it("refuse plain HTTP at the bucket, the topic and the queues", () => {
    const denials = all.filter(({ Effect }) => Effect === "Deny");
    expect(denials.map(({ address }) => address)).to.have.members([
      "aws_s3_bucket_policy.list_results",
      "aws_sns_topic_policy.notifications",
      "aws_sqs_queue_policy.failed_listings_dead_letter",
      "aws_sqs_queue_policy.schedule_dead_letter",
    ]);
    for (const { Condition } of denials) {
      expect(Condition).to.deep.equal({ Bool: { "aws:SecureTransport": ["false"] } });
    }
  });

  it("let the connector write to its own listings and its syncs' prefixes, and read its own secret", () => {
    const role = "aws_iam_role_policy.connector_access";
    expect(bySid(role, "WriteObjects").Resource).to.deep.equal([
      `${BUCKET}/runs/partner-a/*`,
      `${S3}archive/*`,
      `${S3}lake/a\${*}b/*`,
      `${S3}lake/in/orders/*`,
    ]);
    expect(bySid(role, "ReadSecret").Resource).to.deep.equal([ref("aws_secretsmanager_secret.credentials.arn")]);
  });

  it("let the engine look at targets, never write there", () => {
    const role = "aws_iam_role_policy.engine";
    expect(bySid(role, "LookAtTargetObjects")).to.deep.include({
      Action: ["s3:GetObject"],
      Resource: [`${S3}archive/*`, `${S3}lake/a\${*}b/*`, `${S3}lake/in/orders/*`],
    });
    expect(bySid(role, "ListTargetObjects1")).to.deep.include({
      Resource: [`${S3}lake`],
      Condition: { StringLikeIfExists: { "s3:prefix": [`a${ref("*")}b/*`, "in/orders/*"] } },
    });
    const writes = allowed.filter(({ address, Action }) => address === role && Action.includes("s3:PutObject"));
    expect(writes.flatMap(({ Resource }) => Resource)).to.deep.equal(
      ["ledger", "locks", "runs"].map((prefix) => `${BUCKET}/${prefix}/partner-a/*`),
    );
  });

  it("let the engine use this connector and see this server's executions", () => {
    const role = "aws_iam_role_policy.engine";
    expect(bySid(role, "UseConnector").Resource).to.deep.equal([ref("aws_transfer_connector.connector.arn")]);
    expect(bySid(role, "SeeOwnExecutions").Resource).to.deep.equal([
      `arn:${ref("data.aws_partition.current.partition")}:states:eu-central-1:` +
        `${ref("data.aws_caller_identity.current.account_id")}:execution:sftp-sync-partner-a:*`,
    ]);
  });

  it("let nobody but the connector read the secret's value", () => {
    const readers = allowed.filter(({ Action }) => Action.includes("secretsmanager:GetSecretValue"));
    expect(readers.map(({ address }) => address)).to.deep.equal(["aws_iam_role_policy.connector_access"]);
  });

  it("let the recorder write markers below runs/ and read nothing", () => {
    const role = allowed.filter(({ address }) => address === "aws_iam_role_policy.recorder");
    expect(role.flatMap(({ Action }) => Action)).to.have.members([
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "s3:PutObject",
      "sqs:SendMessage",
    ]);
    expect(bySid("aws_iam_role_policy.recorder", "WriteMarkers").Resource).to.deep.equal([
      `${ref("aws_s3_bucket.list_results.arn")}/runs/*`,
    ]);
  });

  it("let connectors write to their log groups but create none", () => {
    expect(bySid("aws_iam_role_policy.connector_logging", "WriteToConnectorLogGroups").Action).not.to.include(
      "logs:CreateLogGroup",
    );
  });

  it("name no statement twice within one policy", () => {
    const names = all.map(({ address, Sid }) => `${address} ${Sid}`);
    expect(new Set(names)).to.have.lengthOf(names.length);
  });
});
