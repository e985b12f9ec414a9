import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { resources, type StackJson, synthInto, synthStack, testServer, testSync, withTemporaryFolder } from "./support";

const manifestSchema = z.object({ stacks: z.record(z.string(), z.object({ dependencies: z.array(z.string()) })) });

const definitions = [testServer("partner-a", { syncs: [testSync("orders"), testSync("reports")] })];

describe("the order in which Terraform makes things", () => {
  const shared = synthStack("shared", {});
  const server = synthStack("server-partner-a", { definitions });

  /** What every resource of a type waits for beyond its references; how many there are is said beside it. */
  function waits(stack: StackJson, type: string, count: number): Record<string, unknown> {
    const found = Object.entries(resources(stack, type)).map(([name, { depends_on }]) => [name, depends_on]);
    expect(found).to.have.lengthOf(count);
    return Object.fromEntries(found);
  }

  it("deploys the shared stack before every server's", () => {
    const manifest = withTemporaryFolder((dir) => {
      const stacks = synthInto(dir, { definitions });
      return manifestSchema.parse(JSON.parse(readFileSync(join(stacks, "..", "manifest.json"), "utf8")));
    });
    const dependencies = Object.entries(manifest.stacks).map(([id, stack]) => [id, stack.dependencies]);
    expect(Object.fromEntries(dependencies)).to.deep.equal({ shared: [], "server-partner-a": ["shared"] });
  });

  it("lets a connector use its role only when the role may do something", () => {
    expect(waits(server, "aws_transfer_connector", 1)).to.deep.equal({
      connector: ["aws_iam_role_policy.connector_access"],
    });
  });

  it("makes a state machine when its role may log and invoke: Step Functions checks that", () => {
    expect(waits(server, "aws_sfn_state_machine", 1)).to.deep.equal({ run: ["aws_iam_role_policy.state_machine"] });
  });

  it("makes functions after their log groups, which Lambda would make itself without end or key", () => {
    const engine = ["finish_run", "get_list_status", "remote_folders_list", "sync_remote_folder"];
    expect(waits(server, "aws_lambda_function", 4)).to.deep.equal(
      Object.fromEntries(
        engine.map((name) => [name, [`aws_cloudwatch_log_group.${name}`, "aws_iam_role_policy.engine"]]),
      ),
    );
    expect(waits(shared, "aws_lambda_function", 2)).to.deep.equal({
      record_listing_failure: ["aws_cloudwatch_log_group.record_listing_failure", "aws_iam_role_policy.recorder"],
      set_connector_concurrency: [
        "aws_cloudwatch_log_group.set_connector_concurrency",
        "aws_iam_role_policy.connector_concurrency",
      ],
    });
  });

  it("starts schedules last: a rate fires at once", () => {
    const last = [
      "aws_iam_role_policy.scheduler",
      "aws_cloudwatch_log_group.connector",
      "aws_iam_role_policy.engine",
      "aws_lambda_invocation.connector_concurrency",
    ];
    const waiting = waits(server, "aws_scheduler_schedule", 2);
    expect(Object.values(waiting)).to.deep.equal([last, last]);
  });

  it("sends events to the recorder when the rule may invoke it", () => {
    expect(waits(shared, "aws_cloudwatch_event_target", 1)).to.deep.equal({
      failed_listings: ["aws_lambda_permission.failed_listings"],
    });
  });

  it("closes the bucket to the public before it gives it a policy: S3 refuses two changes at a time", () => {
    expect(waits(shared, "aws_s3_bucket_policy", 1)).to.deep.equal({
      list_results: ["aws_s3_bucket_public_access_block.list_results"],
    });
  });
});
