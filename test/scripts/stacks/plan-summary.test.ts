import { expect } from "chai";
import { planSummary, wholePlan } from "../../../scripts/stacks/plan-summary";

const PRINTED = `
  # aws_kms_key.gone will be destroyed
  # (because aws_kms_key.gone is not in configuration)
  - resource "aws_kms_key" "gone" {
    }

  # aws_lambda_function.old (deposed object 1a2b3c4d) will be destroyed
  # aws_lambda_invocation.connector_concurrency must be replaced
  # aws_iam_role.tainted is tainted, so must be replaced
  # aws_iam_role.asked will be replaced, as requested
  # aws_secretsmanager_secret.credentials will be updated in-place
  # (imported from "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a")
  # data.aws_transfer_connector.connector will be read during apply

Plan: 1 to import, 5 to add, 1 to change, 5 to destroy.

Changes to Outputs:
  ~ connector_id = "c-1" -> (known after apply)
  + key_arn      = "arn"
  - topic_arn    = "arn" -> null
`;

describe("the summary of plans", () => {
  const lines = planSummary([
    { stack: "shared", result: "same", printed: "No changes." },
    { stack: "server-a", result: "differs", printed: PRINTED },
    { stack: "server-b", result: "failed", printed: "Error: no" },
    { stack: "server-d", result: "differs", printed: "This is a refresh-only plan" },
    { stack: "server-c", result: "differs", printed: 'Changes to Outputs:\n  + a = "1"\n' },
  ]).split("\n");

  it("counts what is replaced once, and as nothing else", () => {
    expect(lines).to.include("  server-a  1 to take over, 2 to add, 1 to change, 3 to replace, 2 to destroy");
  });

  it("has a line for each stack", () => {
    expect(lines).to.include("  shared    up to date").and.to.include("  server-b  could not be planned");
    expect(lines).to.include("  server-c  only outputs change").and.to.include("  server-d  only the state changes");
  });

  it("names what is replaced or destroyed, and nothing else of the resources", () => {
    expect(lines.filter((line) => /^ {6}(replace|destroy)/.test(line)).map((line) => line.trim())).to.deep.equal([
      "replace  aws_lambda_invocation.connector_concurrency",
      "replace  aws_iam_role.tainted",
      "replace  aws_iam_role.asked",
      "destroy  aws_kms_key.gone",
      "destroy  aws_lambda_function.old (deposed object 1a2b3c4d)",
    ]);
  });

  it("names the outputs that change", () => {
    expect(lines.filter((line) => line.includes("outputs  ")).map((line) => line.trim())).to.deep.equal([
      "outputs  new: key_arn",
      "outputs  gone: topic_arn",
      "outputs  changed: connector_id",
      "outputs  new: a",
    ]);
  });
});

describe("the summary of one plan", () => {
  it("says where the whole of it is", () => {
    const summary = planSummary([{ stack: "server-a", result: "differs", printed: PRINTED }]);
    expect(summary.split("\n").at(-1)).to.equal("In full: cdktf.out/plans/server-a.txt");
  });
});

describe("a whole plan", () => {
  it("holds no command to CI, whatever the texts of definitions in it", () => {
    const printed = '+ value = "in/##[group]x"\n    ::notice::forged\n  a::b\n';
    expect(wholePlan({ stack: "server-a", printed })).to.equal(
      'server-a\n\n+ value = "in/# #[group]x"\n    : :notice::forged\n  a::b',
    );
  });
});
