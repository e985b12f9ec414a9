import { expect } from "chai";
import { driftReport } from "../../../scripts/stacks/drift-report";

const CHANGES = `Terraform will perform the following actions:

  # data.aws_transfer_connector.connector will be read during apply
  # (config refers to values not yet known)
 <= data "aws_transfer_connector" "connector" {
    }

  # aws_lambda_function.finish_run must be replaced
-/+ resource "aws_lambda_function" "finish_run" {
    }

  # aws_ssm_parameter.sync_orders will be updated in-place
  ~ resource "aws_ssm_parameter" "sync_orders" {
      ~ value = "\`\`\`"
        # (9 unchanged attributes hidden)
    }

Plan: 1 to add, 1 to change, 1 to destroy.
`;

describe("the report of drift", () => {
  const noAdvice = () => undefined;

  it("has a line for each stack", () => {
    const report = driftReport(
      [
        { stack: "shared", result: "same", printed: "No changes." },
        { stack: "server-a", result: "differs", printed: CHANGES },
        { stack: "server-b", result: "differs", printed: "Changes to Outputs:\n  + a = 1" },
        { stack: "server-c", result: "failed", printed: "Error: Invalid provider" },
      ],
      noAdvice,
    );
    expect(report).to.contain(
      [
        "| stack | plan |",
        "| --- | --- |",
        "| shared | no changes |",
        "| server-a | 1 to add, 1 to change, 1 to destroy |",
        "| server-b | outputs change |",
        "| server-c | could not be planned |",
      ].join("\n"),
    );
  });

  it("names what changes, and nothing that is only read", () => {
    const report = driftReport([{ stack: "server-a", result: "differs", printed: CHANGES }], noAdvice);
    expect(report.split("\n").filter((line) => line.startsWith("- "))).to.deep.equal([
      "- `aws_lambda_function.finish_run` must be replaced",
      "- `aws_ssm_parameter.sync_orders` will be updated in-place",
    ]);
  });

  it("shows Terraform's words in a block that they cannot end", () => {
    const report = driftReport([{ stack: "server-a", result: "differs", printed: CHANGES }], noAdvice);
    expect(report).to.contain(`\n\`\`\`\`\n${CHANGES.trim()}\n\`\`\`\`\n`);
  });

  it("says what to do about an error where that is known", () => {
    const report = driftReport([{ stack: "server-c", result: "failed", printed: "Error" }], () => "Renew the token.");
    expect(report).to.contain("Next: Renew the token.");
  });

  it("says nothing of stacks that are as they should be", () => {
    const report = driftReport([{ stack: "shared", result: "same", printed: "No changes." }], noAdvice);
    expect(report).not.to.contain("## shared");
  });

  it("holds no command to CI, whatever the texts of definitions in it", () => {
    const plan = { stack: "server-a", result: "differs", printed: "    ::notice::forged\n" } as const;
    expect(driftReport([plan], noAdvice)).to.contain(": :notice::forged");
  });
});
