import { expect } from "chai";
import { Command, CommanderError } from "commander";
import { UserError } from "../../../local/errors/user-error";
import { addDeploy } from "../../../scripts/cli/deploy";
import { type StackFlags, stackOptions } from "../../../scripts/cli/stack-command";
import type { StackOptions } from "../../../scripts/stacks/options";
import { outcomeOf } from "../../support/command";
import { errorOf } from "../../support/errors";

/** What `deploy` understands of these arguments. */
async function read(...args: string[]): Promise<StackOptions> {
  const root = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  const told: StackOptions[] = [];
  addDeploy(root);
  root.commands[0]?.action((stacks: string[], flags: StackFlags) => {
    told.push(stackOptions(stacks, flags));
  });
  await root.parseAsync(["deploy", ...args], { from: "user" });
  const [options] = told;
  if (options === undefined) {
    throw new Error("The command was not called");
  }
  return options;
}

describe("the options of the commands for stacks", () => {
  it("are none by default: all stacks, and somebody is asked", async () => {
    expect(await read()).to.deep.include({
      names: [],
      terraform: [],
      autoApprove: false,
      skipSynth: false,
      parallelism: 4,
    });
  });

  for (const option of ["--yes", "--auto-approve", "--autoApprove", "--auto-approve=true", "-auto-approve"]) {
    it(`approve with ${option}`, async () => {
      expect(await read("server-a", option)).to.deep.include({ names: ["server-a"], autoApprove: true });
    });
  }

  it("do not approve with --auto-approve=false", async () => {
    expect(await read("--auto-approve=false")).to.deep.include({ names: [], autoApprove: false });
  });

  it("stand before names as well as behind them", async () => {
    expect(await read("--parallelism", "2", "server-b", "--outputs-file", "server-a", "shared")).to.deep.include({
      names: ["server-b", "shared"],
      parallelism: 2,
      outputsFile: "server-a",
    });
  });

  it("are passed on to terraform plan, those of the cdktf command in Terraform's form", async () => {
    const { names, terraform } = await read(
      ...["--var", "a=1", "--var=b=2", "--var-file", "c.tfvars", "--terraform-parallelism", "5", "--refresh-only"],
      ...["-lock=false", "-target", "aws_s3_bucket.a", "-replace=aws_s3_bucket.b", "-var", "d=x y", "shared"],
    );
    expect(names).to.deep.equal(["shared"]);
    expect(terraform).to.deep.equal([
      ...["-var=a=1", "-var=b=2", "-var-file=c.tfvars", "-parallelism=5", "-refresh-only"],
      ...["-lock=false", "-target=aws_s3_bucket.a", "-replace=aws_s3_bucket.b", "-var=d=x y"],
    ]);
  });

  it("of the cdktf command that mean nothing here are taken without a word", async () => {
    expect(
      await read("shared", "--skip-provider-lock", "--ignore-missing-stack-dependencies", "--no-color"),
    ).to.deep.include({
      names: ["shared"],
      terraform: [],
    });
  });

  it("take all at a time, as the cdktf command does", async () => {
    const { parallelism, terraform } = await read("--parallelism", "-1", "--terraform-parallelism", "-1");
    expect(parallelism).to.be.above(1000);
    expect(terraform).to.deep.equal([]);
  });

  for (const args of [["--parallelism", "0"], ["--parallelism", "many"], ["--auto-aprove"], ["--lock=false"]]) {
    it(`refuse ${args.join(" ")}`, async () => {
      expect(await errorOf(read(...args))).to.be.instanceOf(CommanderError);
    });
  }

  for (const option of ["--app=x", "-a", "-o", "--output", "--migrate-state", "--log-level"]) {
    it(`lead to the cdktf command for ${option}`, async () => {
      const error = await errorOf(read(option, "x"));
      expect(error)
        .to.be.instanceOf(UserError)
        .with.property("message")
        .that.contains("an option of the cdktf command");
      expect(error).to.have.property("next").that.contains("npx cdktf deploy");
    });
  }

  for (const option of ["-out=plan", "-json", "-destroy", "-detailed-exitcode", "-input=true"]) {
    it(`refuse ${option}, which the commands decide on`, async () => {
      const error = await errorOf(read(option));
      expect(error).to.be.instanceOf(UserError).with.property("message").that.contains("cannot be given");
    });
  }

  it("are explained by --help, with exit code 0", async () => {
    const { how, stdout } = await outcomeOf("npm", ["run", "--silent", "deploy", "--", "--help"], { env: process.env });
    expect(how).to.equal(0);
    expect(stdout).to.contain("--auto-approve").and.to.contain("--restore-secrets").and.to.contain("-target=ADDRESS");
  });

  it("that are misspelt end with exit code 2 and the right one", async () => {
    const args = ["run", "--silent", "deploy", "--", "shared", "--auto-aprove"];
    const { how, stderr } = await outcomeOf("npm", args, { env: process.env });
    expect(how).to.equal(2);
    expect(stderr).to.contain("Did you mean --auto-approve?");
  });
});
