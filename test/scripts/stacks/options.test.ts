import { expect } from "chai";
import { CommanderError } from "commander";
import { UserError } from "../../../local/errors/user-error";
import { StackCommand } from "../../../scripts/stacks/options";
import { outcomeOf } from "../../support/command";

const read = (...args: string[]) =>
  new StackCommand("deploy", "Deploys.", { examples: [] }).plans().applies().deploys().read(args);

describe("the options of the commands for stacks", () => {
  it("are none by default: all stacks, and somebody is asked", () => {
    expect(read()).to.deep.include({ names: [], terraform: [], autoApprove: false, skipSynth: false, parallelism: 4 });
  });

  for (const option of ["--auto-approve", "--autoApprove", "--auto-approve=true", "-auto-approve"]) {
    it(`approve with ${option}`, () => {
      expect(read("server-a", option)).to.deep.include({ names: ["server-a"], autoApprove: true });
    });
  }

  it("do not approve with --auto-approve=false", () => {
    expect(read("--auto-approve=false")).to.deep.include({ names: [], autoApprove: false });
  });

  it("stand before names as well as behind them", () => {
    expect(read("--parallelism", "2", "server-b", "--outputs-file", "server-a", "shared")).to.deep.include({
      names: ["server-b", "shared"],
      parallelism: 2,
      outputsFile: "server-a",
    });
  });

  it("are passed on to terraform plan, those of the cdktf command in Terraform's form", () => {
    const { names, terraform } = read(
      ...["--var", "a=1", "--var=b=2", "--var-file", "c.tfvars", "--terraform-parallelism", "5", "--refresh-only"],
      ...["-lock=false", "-target", "aws_s3_bucket.a", "-replace=aws_s3_bucket.b", "-var", "d=x y", "shared"],
    );
    expect(names).to.deep.equal(["shared"]);
    expect(terraform).to.deep.equal([
      ...["-var=a=1", "-var=b=2", "-var-file=c.tfvars", "-parallelism=5", "-refresh-only"],
      ...["-lock=false", "-target=aws_s3_bucket.a", "-replace=aws_s3_bucket.b", "-var=d=x y"],
    ]);
  });

  it("of the cdktf command that mean nothing here are taken without a word", () => {
    expect(read("shared", "--skip-provider-lock", "--ignore-missing-stack-dependencies", "--no-color")).to.deep.include(
      {
        names: ["shared"],
        terraform: [],
      },
    );
  });

  it("take all at a time, as the cdktf command does", () => {
    const { parallelism, terraform } = read("--parallelism", "-1", "--terraform-parallelism", "-1");
    expect(parallelism).to.be.above(1000);
    expect(terraform).to.deep.equal([]);
  });

  for (const args of [["--parallelism", "0"], ["--parallelism", "many"], ["--auto-aprove"], ["--lock=false"]]) {
    it(`refuse ${args.join(" ")}`, () => {
      expect(() => read(...args)).to.throw(CommanderError);
    });
  }

  for (const option of ["--app=x", "-a", "-o", "--output", "--migrate-state", "--log-level"]) {
    it(`lead to the cdktf command for ${option}`, () => {
      expect(() => read(option, "x"))
        .to.throw(UserError, "an option of the cdktf command")
        .with.property("next")
        .that.contains("npx cdktf deploy");
    });
  }

  for (const option of ["-out=plan", "-json", "-destroy", "-detailed-exitcode", "-input=true"]) {
    it(`refuse ${option}, which the commands decide on`, () => {
      expect(() => read(option)).to.throw(UserError, "cannot be given");
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
