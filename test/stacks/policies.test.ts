import { expect } from "chai";
import { ALLOWED, SERVER, SHARED, STATEMENTS, statement } from "./policies";
import { ref, resource, resources } from "./support";

const nameOf = ({ address, Sid }: (typeof STATEMENTS)[number]) => `${address} ${Sid}`;

/** Where a resource is not named to the end, S3's objects aside, and why. */
const WILDCARDS: Readonly<Record<string, string>> = {
  "aws_kms_key.shared AccountMayDelegate": "In a key's policy * is the key itself.",
  "aws_kms_key.shared LogGroups": "In a key's policy * is the key itself.",
  "aws_kms_key.shared EventAndAlarmDelivery": "In a key's policy * is the key itself.",
  "aws_iam_role_policy.connector_concurrency SetConcurrency": "Connectors come later, with ids of the service's.",
  "aws_iam_role_policy.connector_concurrency WriteLogs": "Log streams are named by Lambda.",
  "aws_iam_role_policy.connector_logging WriteToConnectorLogGroups": "Named after connectors, which come later.",
  "aws_iam_role_policy.engine SeeOwnExecutions": "Executions come later, of this state machine only.",
  "aws_iam_role_policy.engine WriteLogs": "Log streams are named by Lambda.",
  "aws_iam_role_policy.recorder WriteLogs": "Log streams are named by Lambda.",
  "aws_iam_role_policy.state_machine DeliverLogs": "Log delivery has no resource type.",
};

/** IAM's wildcards; `${*}` is the plain character. */
const hasWildcard = (text: string): boolean => /[*?]/.test(text.replace(/\$\{[*?$]\}/g, ""));

const isOnS3 = ({ Action }: { readonly Action: readonly string[] }) =>
  Action.some((action) => action.startsWith("s3:"));

describe("policies", () => {
  it("are there: one per role and its trust, and one per bucket, topic, queue, key and secret", () => {
    const addresses = new Set(STATEMENTS.map(({ address }) => address));
    const owners = ["aws_s3_bucket", "aws_sns_topic", "aws_sqs_queue", "aws_kms_key", "aws_secretsmanager_secret"];
    const count = (types: readonly string[]) =>
      [SHARED, SERVER].flatMap((stack) => types.flatMap((type) => Object.keys(resources(stack, type)))).length;
    expect(count(["aws_iam_role"])).to.equal(7);
    expect(count(owners)).to.equal(6);
    expect(addresses).to.have.lengthOf(2 * 7 + 6);
  });

  it("come from here, each role's in one place", () => {
    for (const stack of [SHARED, SERVER]) {
      const types = Object.keys(stack.resource).filter((type) => type.startsWith("aws_iam_"));
      expect(types).to.have.members(["aws_iam_role", "aws_iam_role_policy"]);
      const roles = Object.entries(resources(stack, "aws_iam_role"));
      const policies = Object.values(resources(stack, "aws_iam_role_policy"));
      for (const [name, role] of roles) {
        expect(role).not.to.have.any.keys("inline_policy", "managed_policy_arns");
        expect(
          policies.filter(({ role }) => role === ref(`aws_iam_role.${name}.name`)),
          name,
        ).to.have.lengthOf(1);
      }
      expect(policies).to.have.lengthOf(roles.length);
    }
  });

  it("allow no wildcard action but the account's own hold on its key", () => {
    const wild = ALLOWED.filter(({ Action }) => Action.some(hasWildcard));
    expect(wild.map(nameOf)).to.deep.equal(["aws_kms_key.shared AccountMayDelegate"]);
  });

  it("name resources to the end, but for where there is a reason", () => {
    const wild = ALLOWED.filter((one) => !isOnS3(one) && one.Resource?.some(hasWildcard));
    expect(wild.map(nameOf)).to.have.members(Object.keys(WILDCARDS));
  });

  it("allow every resource there is only for log delivery, and as a key's policy names the key", () => {
    const everything = ALLOWED.filter(({ Resource }) => Resource?.includes("*"));
    expect(everything.map(({ address }) => address)).to.have.members([
      "aws_iam_role_policy.state_machine",
      ...new Array<string>(3).fill("aws_kms_key.shared"),
    ]);
  });

  it("reach objects by prefix, a whole bucket only for a sync that has no prefix", () => {
    const onObjects = ALLOWED.filter(isOnS3).flatMap(({ Resource = [] }) =>
      Resource.filter((arn) => arn.includes("/")),
    );
    expect(onObjects).not.to.be.empty;
    const wide = onObjects.filter((arn) => {
      const [, ...path] = arn.split("/");
      return path.at(-1) !== "*" || path.length < 2 || path.slice(0, -1).some(hasWildcard);
    });
    const s3 = `arn:${ref("data.aws_partition.current.partition")}:s3:::`;
    const shared = ref("data.terraform_remote_state.shared.outputs.list_results_bucket_arn");
    expect(wide).to.have.members([
      ...["failed", "empty", "completed"].map((kind) => `${ref("aws_s3_bucket.list_results.arn")}/runs/*.json.${kind}`),
      `${shared}/runs/partner-a/*/listings/*`,
      // The folders themselves.
      `${s3}lake/a\${*}b/odd`,
      `${s3}lake/in/orders/orders`,
      `${s3}archive/*`,
      `${s3}archive/*`,
    ]);
  });

  it("let buckets be listed by prefix, by all but the connector", () => {
    const listing = ALLOWED.filter(({ Action }) => Action.includes("s3:ListBucket"));
    expect(listing).to.have.lengthOf(4);
    const free = listing.filter(({ Condition }) => Condition?.StringLikeIfExists?.["s3:prefix"] === undefined);
    expect(free.map(nameOf)).to.deep.equal(["aws_iam_role_policy.connector_access FindBuckets"]);
  });

  it("trust one service, on whose behalf as far as AWS documents it", () => {
    const trusts = STATEMENTS.filter(({ address }) => address.startsWith("aws_iam_role."));
    const account = ref("data.aws_caller_identity.current.account_id");
    const ofAccount = { StringEquals: { "aws:SourceAccount": [account] } };
    const ofSource = (sourceArn: string) => ({ ...ofAccount, ArnLike: { "aws:SourceArn": [sourceArn] } });
    const arn = (service: string, resource: string) =>
      `arn:${ref("data.aws_partition.current.partition")}:${service}:eu-central-1:${account}:${resource}`;
    for (const { Action } of trusts) {
      expect(Action).to.deep.equal(["sts:AssumeRole"]);
    }
    const conditions = trusts.map(({ address, Principal, Condition }) => [address, { Principal, Condition }]);
    const trust = (service: string, Condition?: object) => ({
      Principal: { Service: [`${service}.amazonaws.com`] },
      Condition,
    });
    expect(Object.fromEntries(conditions)).to.deep.equal({
      "aws_iam_role.connector_access": trust("transfer", ofSource(arn("transfer", "connector/*"))),
      "aws_iam_role.connector_concurrency": trust("lambda"),
      "aws_iam_role.connector_logging": trust("transfer", ofAccount),
      "aws_iam_role.engine": trust("lambda"),
      "aws_iam_role.recorder": trust("lambda"),
      "aws_iam_role.scheduler": trust("scheduler", ofSource(ref("aws_scheduler_schedule_group.schedules.arn"))),
      "aws_iam_role.state_machine": trust("states", ofSource(arn("states", "stateMachine:*"))),
    });
  });

  const owners = [
    { type: "aws_s3_bucket", id: "bucket", by: "bucket", actions: ["s3:*"], parts: ["", "/*"], count: 1 },
    { type: "aws_sns_topic", id: "arn", by: "arn", actions: ["sns:Publish"], parts: [""], count: 1 },
    { type: "aws_sqs_queue", id: "url", by: "queue_url", actions: ["sqs:*"], parts: [""], count: 2 },
  ] as const;
  for (const { type, id, by, actions, parts, count } of owners) {
    it(`refuse plain HTTP at every ${type}`, () => {
      const names = [SHARED, SERVER].flatMap((stack) => Object.keys(resources(stack, type)));
      expect(names).to.have.lengthOf(count);
      for (const name of names) {
        expect(resource(SHARED, `${type}_policy.${name}`)[by]).to.equal(ref(`${type}.${name}.${id}`));
        expect(statement(`${type}_policy.${name}`, "DenyInsecureTransport")).to.deep.include({
          Effect: "Deny",
          Principal: "*",
          Action: [...actions],
          Resource: parts.map((part) => ref(`${type}.${name}.arn`) + part),
          Condition: { Bool: { "aws:SecureTransport": ["false"] } },
        });
      }
    });
  }

  it("deny nothing else, but what test/access/ asks of the list-results bucket, the secrets and other accounts", () => {
    const denials = STATEMENTS.filter(({ Effect }) => Effect === "Deny");
    const others = denials.filter(({ Sid }) => Sid !== "DenyInsecureTransport");
    expect(denials).to.have.lengthOf(4 + others.length);
    expect(others.map(nameOf)).to.have.members([
      "aws_iam_role_policy.connector_access DenyBucketsOfOtherAccounts",
      "aws_iam_role_policy.engine DenyBucketsOfOtherAccounts",
      "aws_s3_bucket_policy.list_results OnlyRolesOfTheInstallationWrite",
      "aws_s3_bucket_policy.list_results EachServerWritesItsOwnPart",
      "aws_s3_bucket_policy.list_results OnlyEnginesKeepLedgersAndLocks",
      "aws_secretsmanager_secret_policy.credentials OnlyTheConnectorReads",
    ]);
  });

  it("cannot open a bucket to the public, nor can access control lists", () => {
    const buckets = [SHARED, SERVER].flatMap((stack) => Object.keys(resources(stack, "aws_s3_bucket")));
    expect(buckets).to.deep.equal(["list_results"]);
    for (const name of buckets) {
      expect(resource(SHARED, `aws_s3_bucket_public_access_block.${name}`)).to.deep.include({
        bucket: ref(`aws_s3_bucket.${name}.bucket`),
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
      expect(resource(SHARED, `aws_s3_bucket_ownership_controls.${name}`)).to.deep.include({
        bucket: ref(`aws_s3_bucket.${name}.bucket`),
        rule: { object_ownership: "BucketOwnerEnforced" },
      });
    }
  });

  it("let a service invoke a function for one source only", () => {
    const permissions = [SHARED, SERVER].flatMap((stack) => Object.values(resources(stack, "aws_lambda_permission")));
    expect(permissions).to.have.lengthOf(1);
    for (const permission of permissions) {
      expect(permission).to.include({ principal: "events.amazonaws.com", action: "lambda:InvokeFunction" });
      expect(permission.source_arn).to.equal(ref("aws_cloudwatch_event_rule.failed_listings.arn"));
    }
  });

  it("name no statement twice within one policy", () => {
    const names = STATEMENTS.map(nameOf);
    expect(new Set(names)).to.have.lengthOf(names.length);
  });
});
