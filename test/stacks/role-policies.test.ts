// biome-ignore-all lint/suspicious/noTemplateCurlyInString: IAM's policy variables are part of the subject
import { expect } from "chai";
import type { SyncDefinition } from "../../contract/model";
import { policySchema } from "../least-privilege/policy";
import { ALLOWED, SERVER, statement } from "./policies";
import { embeddedJson, ref, resource, resources, synthStack, testServer, testSync } from "./support";

const BUCKET = ref("data.terraform_remote_state.shared.outputs.list_results_bucket_arn");
const PARTITION = ref("data.aws_partition.current.partition");
const S3 = `arn:${PARTITION}:s3:::`;
const inAccount = (service: string, resource: string) =>
  `arn:${PARTITION}:${service}:eu-central-1:${ref("data.aws_caller_identity.current.account_id")}:${resource}`;

const TARGET = { BucketName: "lake", Prefix: "landing/partner/feeds" };

const ofRole = (role: string) => ALLOWED.filter(({ address }) => address === `aws_iam_role_policy.${role}`);

describe("the policies of roles", () => {
  it("let the connector write to its own listings and its syncs' prefixes, and read its own secret", () => {
    const role = "aws_iam_role_policy.connector_access";
    expect(statement(role, "WriteObjects").Resource).to.deep.equal([
      `${BUCKET}/runs/partner-a/*/listings/*`,
      `${S3}lake/a\${*}b/odd`,
      `${S3}lake/in/orders/orders`,
      `${S3}archive/*`,
      `${S3}lake/a\${*}b/odd/*`,
      `${S3}lake/in/orders/orders/*`,
    ]);
    expect(statement(role, "FindBuckets").Resource).to.have.members([BUCKET, `${S3}archive`, `${S3}lake`]);
    expect(statement(role, "ReadSecret").Resource).to.deep.equal([ref("aws_secretsmanager_secret.credentials.arn")]);
  });

  it("hold no character that IAM refuses: for those of a prefix stands a wildcard", () => {
    const syncs = [testSync("orders", { LocalRepository: { BucketName: "lake", Prefix: "Größe/отчёты €/in" } })];
    const stack = synthStack("server-a", { definitions: [testServer("a", { syncs })] });
    const policies = resources(stack, "aws_iam_role_policy");
    for (const [name, { policy }] of Object.entries(policies)) {
      expect(policy, name).to.match(/^[\u0020-\u00ff]+$/);
    }
    for (const name of ["connector_access", "engine"]) {
      expect(policies[name]?.policy, name).to.be.a("string").that.includes(`${S3}lake/Größe/* */in/orders/*"`);
    }
  });

  it("let the engine look at targets, never write there", () => {
    const role = "aws_iam_role_policy.engine";
    expect(statement(role, "LookAtTargetObjects")).to.deep.include({
      Action: ["s3:GetObject"],
      Resource: [`${S3}archive/*`, `${S3}lake/a\${*}b/odd/*`, `${S3}lake/in/orders/orders/*`],
    });
    expect(statement(role, "ListTargetObjects1")).to.deep.include({
      Resource: [`${S3}lake`],
      Condition: { StringLikeIfExists: { "s3:prefix": [`a${ref("*")}b/odd/*`, "in/orders/orders/*"] } },
    });
    const writes = ofRole("engine").filter(({ Action }) => Action.includes("s3:PutObject"));
    expect(writes.flatMap(({ Resource }) => Resource)).to.deep.equal(
      ["ledger", "locks", "runs"].map((prefix) => `${BUCKET}/${prefix}/partner-a/*`),
    );
  });

  it("let the engine read the ledgers under the server's former name, and only read them", () => {
    const former = ALLOWED.filter(({ Resource }) => Resource?.some((resource) => resource.includes("partner-z")));
    expect(former.map(({ address, Action, Resource }) => [address, Action, Resource])).to.deep.equal([
      ["aws_iam_role_policy.engine", ["s3:GetObject"], [`${BUCKET}/ledger/partner-z/*`]],
    ]);
  });

  it("let the engine delete locks, and nothing else", () => {
    const deletes = ofRole("engine").filter(({ Action }) => Action.some((action) => action.includes("Delete")));
    expect(deletes.flatMap(({ Resource }) => Resource)).to.deep.equal([`${BUCKET}/locks/partner-a/*`]);
  });

  it("give a target bucket's own key to the connector alone", () => {
    const key = "arn:aws:kms:eu-central-1:111122223333:key/a";
    const users = ALLOWED.filter(({ Resource }) => Resource?.includes(key));
    expect(users.map(({ address }) => address)).to.deep.equal(["aws_iam_role_policy.connector_access"]);
  });

  it("let the engine use this connector and see this server's executions", () => {
    const role = "aws_iam_role_policy.engine";
    expect(statement(role, "UseConnector").Resource).to.deep.equal([ref("aws_transfer_connector.connector.arn")]);
    expect(statement(role, "SeeOwnExecutions").Resource).to.deep.equal([
      inAccount("states", "execution:sftp-sync-partner-a:*"),
    ]);
  });

  it("let nobody but the connector read the secret's value", () => {
    const readers = ALLOWED.filter(({ Action }) => Action.includes("secretsmanager:GetSecretValue"));
    expect(readers.map(({ address }) => address)).to.deep.equal(["aws_iam_role_policy.connector_access"]);
  });

  it("let the recorder write markers below runs/ and read nothing", () => {
    expect(ofRole("recorder").flatMap(({ Action }) => Action)).to.have.members([
      "kms:GenerateDataKey",
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "s3:PutObject",
      "sqs:SendMessage",
    ]);
    expect(statement("aws_iam_role_policy.recorder", "WriteMarkers").Resource).to.deep.equal(
      ["failed", "empty", "completed"].map((kind) => `${ref("aws_s3_bucket.list_results.arn")}/runs/*.json.${kind}`),
    );
  });

  it("let the function for concurrency describe and update the installation's connectors, pass no role and read no secret", () => {
    expect(statement("aws_iam_role_policy.connector_concurrency", "SetConcurrency")).to.deep.include({
      Action: ["transfer:DescribeConnector", "transfer:UpdateConnector"],
      Resource: [inAccount("transfer", "connector/*")],
      Condition: { StringEquals: { "aws:ResourceTag/SftpSyncInstallation": ["sftp-sync"] } },
    });
    expect(resource(SERVER, "aws_transfer_connector.connector").tags).to.include({ SftpSyncInstallation: "sftp-sync" });
    expect(ofRole("connector_concurrency").map(({ Sid }) => Sid)).to.deep.equal(["SetConcurrency", "WriteLogs"]);
  });

  it("let connectors create their log groups and write to them, and to no others", () => {
    expect(ofRole("connector_logging").map(({ Action, Resource }) => ({ Action, Resource }))).to.deep.equal([
      {
        Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [inAccount("logs", "log-group:/aws/transfer/c-*")],
      },
    ]);
  });

  it("let keys be used only by way of a service that is used itself, under whatever domain it has in its partition", () => {
    const users = ALLOWED.filter(
      ({ address, Action }) =>
        address.startsWith("aws_iam_role_policy.") && Action.some((one) => one.startsWith("kms:")),
    );
    const services = users.map(({ address, Condition }) => [
      address.replace("aws_iam_role_policy.", ""),
      Condition?.StringLike?.["kms:ViaService"]?.join(),
    ]);
    expect(services).to.have.deep.members([
      ["connector_access", "secretsmanager.eu-central-1.*"],
      ["connector_access", "s3.eu-central-1.*"],
      ["connector_access", "s3.*.*"],
      ["engine", "s3.eu-central-1.*"],
      ["recorder", "s3.eu-central-1.*"],
      ["recorder", "sqs.eu-central-1.*"],
      ["scheduler", "sqs.eu-central-1.*"],
      ["state_machine", "sns.eu-central-1.*"],
    ]);
  });

  it("reach into a folder with date tags by one level of as many characters as it has on any day", () => {
    const folder = (name: string, Folder: string, Prefix: string) =>
      testSync(name, {
        LocalRepository: { BucketName: "lake", Prefix },
        RemoteFolders: { Folder, Recursive: true, Include: [], Exclude: [], MaxDepth: 100 },
      });
    const written = (...syncs: SyncDefinition[]) => {
      const stack = synthStack("server-a", { definitions: [testServer("a", { syncs })] });
      const { policy } = resource(stack, "aws_iam_role_policy.engine");
      const { Statement } = embeddedJson(policySchema, policy);
      const targets = Statement.find(({ Sid }) => Sid === "LookAtTargetObjects")?.Resource ?? [];
      return targets.map((arn) => arn.replace(`${S3}lake/`, ""));
    };
    expect(written(folder("a", "/a/%year%/b", "in"))).to.deep.equal(["in/a/????/*"]);
    expect(written(folder("a", "/a/%year%/%day%", "%year%"))).to.deep.equal(["%year%/a/????/*"]);
    expect(written(folder("a", "/a/of-%year%%month%-x*/b", "in"))).to.deep.equal(["in/a/of-??????-x${*}/*"]);
    expect(written(folder("a", "/%day%", "in"))).to.deep.equal(["in/??/*"]);
    expect(written(folder("a", "/%day%", ""))).to.deep.equal(["??/*"]);
    expect(written(folder("a", "/", "in"))).to.deep.equal(["in/*"]);
    expect(written(folder("a", "/a*b", ""))).to.deep.equal(["a${*}b/*"]);
    expect(written(folder("a", "/a", "in"), folder("b", "/a/b", "in"), folder("c", "/ab", "in"))).to.deep.equal([
      "in/a/*",
      "in/ab/*",
    ]);
  });

  it("reach as far as Prefix where a policy has no room for the folders, and are never too long for it", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => testSync(`sync-${index}`, { LocalRepository: TARGET }));
    const objects = (count: number) => {
      const stack = synthStack("server-a", { definitions: [testServer("a", { syncs: many(count) })] });
      const { policy } = resource(stack, "aws_iam_role_policy.engine");
      return embeddedJson(policySchema, policy).Statement.find(({ Sid }) => Sid === "LookAtTargetObjects")?.Resource;
    };
    expect(objects(50)).to.have.lengthOf(50);
    expect(objects(150)).to.deep.equal([`${S3}lake/landing/partner/feeds/*`]);
  });
});
