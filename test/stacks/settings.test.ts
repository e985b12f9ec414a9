import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as z from "zod";
import { keepEnvironment } from "../support/environment";
import { resources, synthStack, testServer, testSettings } from "./support";

const BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

/** Types of resources that AWS keeps no tags for. */
const WITHOUT_TAGS = [
  "aws_cloudwatch_dashboard",
  "aws_cloudwatch_event_target",
  "aws_cloudwatch_log_metric_filter",
  "aws_iam_role_policy",
  "aws_kms_alias",
  "aws_lambda_invocation",
  "aws_lambda_permission",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  // EventBridge Scheduler tags groups, not schedules.
  "aws_scheduler_schedule",
  "aws_secretsmanager_secret_policy",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "aws_sqs_queue_policy",
];

const lifecycleSchema = z.object({
  lifecycle: z.object({ ignore_changes: z.array(z.string()).optional() }).optional(),
});

/** Whether the provider merges its default tags into resources of a type: it then knows their `tags_all`. */
function takesDefaultTags(type: string): boolean {
  const folder = type.replace(/^aws_/, "").replaceAll("_", "-");
  return /\btags_all\b/.test(readFileSync(require.resolve(`@cdktf/provider-aws/lib/${folder}/index.js`), "utf8"));
}

describe("settings that concern every stack", () => {
  const input = (context: Record<string, unknown>) => ({
    definitions: [testServer("partner")],
    settings: testSettings(context),
  });

  for (const [id, roles, functions] of [
    ["shared", 3, 2],
    ["server-partner", 4, 4],
  ] as const) {
    it(`tags whatever in ${id} can carry tags, by the provider's default tags`, () => {
      const additionalTags = { Team: "data", CostCentre: "4711" };
      const notificationEmails = ["ops@example.com"];
      const stack = synthStack(id, input({ additionalTags, notificationEmails }));
      expect(stack.provider.aws).to.deep.equal([{ region: "eu-central-1", default_tags: [{ tags: additionalTags }] }]);
      const types = Object.keys(stack.resource).filter((type) => type.startsWith("aws_"));
      expect(types.filter(takesDefaultTags)).not.to.be.empty;
      expect(WITHOUT_TAGS).to.include.members(types.filter((type) => !takesDefaultTags(type)));
      for (const [type, byName] of Object.entries(stack.resource)) {
        for (const [name, attributes] of Object.entries(byName)) {
          // An own provider, own tags of the same name, or a blind eye to changes would each keep the tags away.
          expect(attributes, `${type}.${name}`).not.to.have.any.keys("provider", "tags_all");
          expect(attributes.tags ?? {}, `${type}.${name}`).not.to.have.any.keys(...Object.keys(additionalTags));
          const { lifecycle = {} } = lifecycleSchema.parse(attributes);
          expect(["name", "dashboard_name", "input"], `${type}.${name}`).to.include.members(
            lifecycle.ignore_changes ?? [],
          );
        }
      }
    });

    it(`gives log level and service name to each of the ${functions} functions of ${id}`, () => {
      const stack = synthStack(id, input({ logLevel: "DEBUG", serviceName: "feeds" }));
      const found = Object.values(resources(stack, "aws_lambda_function"));
      expect(found).to.have.length(functions);
      for (const attributes of found) {
        expect(attributes).to.have.nested.property("environment.variables").that.includes({
          POWERTOOLS_LOG_LEVEL: "DEBUG",
          POWERTOOLS_SERVICE_NAME: "feeds",
        });
      }
    });

    it(`puts the permissions boundary on each of the ${roles} roles of ${id}`, () => {
      const stack = synthStack(id, input({ permissionsBoundaryArn: BOUNDARY }));
      const found = Object.values(resources(stack, "aws_iam_role"));
      expect(found).to.have.length(roles);
      for (const role of found) {
        expect(role).to.include({ permissions_boundary: BOUNDARY });
      }
    });

    it(`gives ${id} a workspace of its own in Terraform Cloud`, () => {
      const terraformCloud = { organization: "acme", project: "feeds", workspacePrefix: "sftp-" };
      const { terraform } = synthStack(id, input({ terraformCloud }));
      expect(terraform).not.to.have.property("backend");
      expect(terraform.cloud).to.deep.equal({
        organization: "acme",
        workspaces: { name: `sftp-${id}`, project: "feeds" },
      });
    });
  }

  it("reserves executions for a server's functions, and none for those that all share", () => {
    const reserved = (id: string, context: Record<string, unknown>) =>
      Object.values(resources(synthStack(id, input(context)), "aws_lambda_function")).map(
        ({ reserved_concurrent_executions: executions }) => executions,
      );
    expect(reserved("server-partner", { reservedConcurrency: 10 })).to.deep.equal([10, 10, 10, 10]);
    expect(reserved("shared", { reservedConcurrency: 10 })).to.deep.equal([undefined, undefined]);
    expect(reserved("server-partner", {})).to.deep.equal([undefined, undefined, undefined, undefined]);
  });

  it("has no boundary and no workspace by default", () => {
    const stack = synthStack("server-partner", input({}));
    const bound = Object.values(resources(stack, "aws_iam_role")).filter((role) => "permissions_boundary" in role);
    expect(bound).to.deep.equal([]);
    expect(stack.terraform).not.to.have.property("cloud");
  });

  for (const [project, version] of [
    [undefined, ">= 1.5.0"],
    ["feeds", ">= 1.6.0"],
  ]) {
    it(`needs Terraform ${version} with ${project === undefined ? "no project" : "a project"} in Terraform Cloud`, () => {
      const terraformCloud = { organization: "acme", project, workspacePrefix: "sftp-" };
      const { terraform } = synthStack("shared", input({ terraformCloud }));
      expect(terraform.required_version).to.equal(version);
    });
  }

  it("synthesizes workspaces where there is no terraform", () => {
    const restoreEnvironment = keepEnvironment();
    process.env.PATH = "/nowhere";
    try {
      const stack = synthStack("shared", input({ terraformCloud: { organization: "acme", workspacePrefix: "sftp-" } }));
      expect(stack.terraform).to.have.property("cloud");
    } finally {
      restoreEnvironment();
    }
  });

  it("keeps workspaces in an installation of one's own", () => {
    const terraformCloud = { organization: "acme", hostname: "tfe.acme.example", workspacePrefix: "sftp-" };
    const { terraform } = synthStack("shared", input({ terraformCloud }));
    expect(terraform.cloud).to.deep.equal({
      organization: "acme",
      hostname: "tfe.acme.example",
      workspaces: { name: "sftp-shared" },
    });
  });

  it("reads the shared stack's outputs from its workspace", () => {
    const terraformCloud = { organization: "acme", hostname: "tfe.acme.example", workspacePrefix: "sftp-" };
    const stack = synthStack("server-partner", input({ terraformCloud }));
    expect(stack.data.terraform_remote_state?.shared).to.deep.include({
      backend: "remote",
      config: { organization: "acme", hostname: "tfe.acme.example", workspaces: { name: "sftp-shared" } },
    });
  });
});
