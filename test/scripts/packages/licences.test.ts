import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { licences } from "../../../scripts/packages/licences";
import { outcomeOf } from "../../support/command";
import { makeUpProject } from "../../support/made-up-project";
import { asOwnProcess } from "../../support/own-process";

const ROOT = resolve(__dirname, "../../..");

describe("npm run licences", function () {
  this.timeout(120_000);

  async function run(project: string) {
    const args = ["run", "--silent", "licences", "--", project];
    return outcomeOf("npm", args, { cwd: ROOT, env: process.env });
  }

  /** What the command does, without the start of its process. */
  const held = (project: string) =>
    asOwnProcess({ args: [], env: process.env, cwd: ROOT }, async () => {
      process.exitCode = await licences(project);
    });

  const handlerOf = (name: string) => `import { answer } from "${name}"; export const handler = answer;`;

  it("finds nothing in this project", async () => {
    const { how, stdout, stderr } = await run(ROOT);
    expect(stderr).to.equal("");
    expect(stdout).to.match(
      /^\d{3} packages at run time, \d+ of them in the functions' zips: all licences are allowed\n$/,
    );
    expect(how).to.equal(0);
  });

  it("fails on every package in a zip that asks for more than that its text comes along, or says nothing", async () => {
    const licencesOf = {
      gpl: "GPL-3.0-only",
      agpl: "AGPL-3.0-or-later",
      both: "(MIT AND GPL-2.0-only)",
      "by-file": "MPL-2.0",
      unlicensed: "UNLICENSED",
      elsewhere: "SEE LICENSE IN terms.txt",
      silent: undefined,
    };
    const names = Object.keys(licencesOf);
    const project = makeUpProject({
      dependencies: Object.entries(licencesOf).map(([name, license]) => ({ name, fields: { license } })),
      handler: `${names.map((name, at) => `import { answer as answer${at} } from "${name}";`).join("\n")}
        export const handler = () => [${names.map((_, at) => `answer${at}()`).join(", ")}];`,
    });
    const { code, stdout, stderr } = await held(project);
    const found = stderr.matchAll(
      /^(\S+)@1\.0\.0: is not allowed in a function's zip \(received: ([^;]+); allowed: .+\)$/gm,
    );
    expect(Object.fromEntries([...found].map(([, name, received]) => [name, received]))).to.deep.equal({
      ...licencesOf,
      unlicensed: "no licence that SPDX knows",
      elsewhere: "no licence that SPDX knows",
      silent: "no licence that SPDX knows",
    });
    expect([code, stdout]).to.deep.equal([1, ""]);
  });

  it("fails on one that is no part of a zip, but needed at run time", async () => {
    const dependencies = [{ name: "made-up-one", fields: { license: "GPL-2.0-or-later" } }];
    const project = makeUpProject({ dependencies, handler: "export const handler = () => 1;" });
    const { code, stderr } = await held(project);
    expect(stderr).to.contain("made-up-one@1.0.0: is not allowed at run time (received: GPL-2.0-or-later;");
    expect(code).to.equal(1);
  });

  it("fails on one in a zip that is for development only", async () => {
    const devDependencies = [{ name: "made-up-one", fields: { license: "MIT" } }];
    const { code, stderr } = await held(makeUpProject({ devDependencies, handler: handlerOf("made-up-one") }));
    expect(stderr).to.equal(
      "made-up-one@1.0.0: is in a function's zip, and no dependency (allowed: packages among dependencies)\n",
    );
    expect(code).to.equal(1);
  });

  it("takes a choice, what binds its own files outside the zips, and anything for development", async () => {
    const project = makeUpProject({
      dependencies: [
        { name: "choice", fields: { license: "(MIT OR GPL-3.0-or-later)" } },
        { name: "by-file", fields: { license: "MPL-2.0" } },
      ],
      devDependencies: [{ name: "tool", fields: { license: "GPL-3.0-only" } }],
      handler: handlerOf("choice"),
    });
    const { code, stdout, stderr } = await held(project);
    expect(stderr).to.equal("");
    expect([code, stdout]).to.deep.equal([
      0,
      "2 packages at run time, 1 of them in the functions' zips: all licences are allowed\n",
    ]);
  });

  it("tells npm's words where packages are missing", async () => {
    const project = makeUpProject({ handler: "export const handler = () => 1;" });
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({ name: "a", version: "1.0.0", dependencies: { b: "1" } }),
    );
    const { how, stderr } = await run(project);
    expect(stderr)
      .to.match(/missing: b@1/)
      .and.to.match(/^Next: npm ci/m);
    expect(how).to.equal(2);
  });
});
