import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { App } from "cdktf";
import { expect } from "chai";
import { Construct } from "constructs";
import { BaseStack } from "../../../stacks/base-stack";
import { logicalId } from "../../../stacks/naming/logical-id";
import { testSettings, withTemporaryFolder } from "../support";

const ids = [
  { path: ["engine", "role"], type: "aws_iam_role", id: "engine" },
  { path: ["engine", "policy"], type: "aws_iam_role_policy", id: "engine" },
  { path: ["connector", "connector"], type: "aws_transfer_connector", id: "connector" },
  { path: ["connector", "log_group"], type: "aws_cloudwatch_log_group", id: "connector" },
  { path: ["sync_schedule", "schedule"], type: "aws_scheduler_schedule", id: "sync_schedule" },
  { path: ["sync_daily-orders", "schedule"], type: "aws_scheduler_schedule", id: "sync_daily-orders" },
  { path: ["failed_listings", "dead_letter", "queue"], type: "aws_sqs_queue", id: "failed_listings_dead_letter" },
];

describe("logicalId", () => {
  for (const { path, type, id } of ids) {
    it(`makes ${path.join("/")} ${type}.${id}`, () => {
      expect(logicalId(path, type)).to.equal(id);
    });
  }

  it("refuses what is no Terraform identifier", () => {
    expect(() => logicalId(["a b"], "output")).to.throw(/not a Terraform identifier/);
  });
});

describe("BaseStack", () => {
  const stackWith = (build: (stack: BaseStack) => void) =>
    withTemporaryFolder((outdir) => {
      const app = new App({ outdir });
      build(new BaseStack(app, "example", { settings: testSettings() }));
      app.synth();
    });

  const logGroup = (scope: Construct, name: string) => new CloudwatchLogGroup(scope, "log_group", { name });

  it("refuses two elements of one address, which CDKTF would merge into one", () => {
    const collide = (stack: BaseStack) => {
      logGroup(new Construct(new Construct(stack, "get"), "status"), "one");
      logGroup(new Construct(stack, "get_status"), "two");
    };
    expect(() => stackWith(collide)).to.throw(
      "Stack example: example/get/status/log_group and example/get_status/log_group would both be " +
        "aws_cloudwatch_log_group.get_status. Rename one of them.",
    );
  });

  it("takes one name for elements of different types", () => {
    const differ = (stack: BaseStack) => {
      const scope = new Construct(stack, "events");
      logGroup(scope, "one");
      new SnsTopic(scope, "topic", { name: "two" });
    };
    expect(() => stackWith(differ)).not.to.throw();
  });
});
