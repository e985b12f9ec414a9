import { expect } from "chai";
import * as z from "zod";
import { resources, type StackJson, synthStack, testServer, testSettings } from "./support";

/** What an account has once, by the attribute that names it. Buckets' names are unique over all of AWS. */
const GLOBAL: Readonly<Record<string, string>> = {
  aws_cloudwatch_dashboard: "dashboard_name",
  aws_iam_role: "name",
  aws_s3_bucket: "bucket",
};

/** What an account has once for each Region, or what has no name of its own. */
const REGIONAL: readonly string[] = [
  "aws_cloudwatch_event_rule",
  "aws_cloudwatch_event_target",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudwatch_metric_alarm",
  "aws_iam_role_policy",
  "aws_kms_alias",
  "aws_kms_key",
  "aws_lambda_function",
  "aws_lambda_invocation",
  "aws_lambda_permission",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_scheduler_schedule",
  "aws_scheduler_schedule_group",
  "aws_secretsmanager_secret",
  "aws_secretsmanager_secret_policy",
  "aws_sfn_state_machine",
  "aws_sns_topic",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "aws_sqs_queue",
  "aws_sqs_queue_policy",
  "aws_ssm_parameter",
  "aws_transfer_connector",
  "terraform_data",
];

const lifecycleSchema = z.object({ ignore_changes: z.array(z.string()) });

function stacksIn(region: string): StackJson[] {
  const input = {
    definitions: [testServer("partner-a")],
    settings: testSettings({ region, notificationEmails: ["ops@example.com"] }),
  };
  return ["shared", "server-partner-a"].map((id) => synthStack(id, input));
}

function globalNames(region: string): string[] {
  return stacksIn(region).flatMap((stack) =>
    Object.entries(GLOBAL).flatMap(([type, attribute]) =>
      Object.values(resources(stack, type)).map((values) => z.string().parse(values[attribute])),
    ),
  );
}

describe("two Regions of one account", () => {
  it("have no name in common that an account has once", () => {
    const [here, there] = [globalNames("eu-central-1"), globalNames("us-east-1")];
    expect(here).to.have.lengthOf(1 + 3 + 4 + 2);
    expect(here.filter((name) => there.includes(name))).to.deep.equal([]);
  });

  it("have been thought of for every type of resource", () => {
    const types = stacksIn("eu-central-1").flatMap(({ resource }) => Object.keys(resource));
    expect([...new Set(types)]).to.have.members([...Object.keys(GLOBAL), ...REGIONAL]);
  });
});

describe("names that are in use", () => {
  const stacks = stacksIn("eu-central-1");

  it("are kept, of roles and dashboards: another name would be another role", () => {
    for (const [type, attribute] of [
      ["aws_iam_role", "name"],
      ["aws_cloudwatch_dashboard", "dashboard_name"],
    ] as const) {
      const found = stacks.flatMap((stack) => Object.values(resources(stack, type)));
      expect(found, type).not.to.have.lengthOf(0);
      for (const { lifecycle } of found) {
        expect(lifecycleSchema.parse(lifecycle).ignore_changes).to.deep.equal([attribute]);
      }
    }
  });

  it("are taken over by the policies of roles", () => {
    const policies = stacks.flatMap((stack) => Object.entries(resources(stack, "aws_iam_role_policy")));
    expect(policies).to.have.lengthOf(7);
    for (const [name, policy] of policies) {
      expect(policy).to.include({ name: `\${aws_iam_role.${name}.name}`, role: `\${aws_iam_role.${name}.name}` });
    }
  });
});
