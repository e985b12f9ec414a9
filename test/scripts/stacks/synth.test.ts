import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { writeTestZips } from "../../stacks/support";
import { outcomeOf } from "../../support/command";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { tempFolder } from "../../support/temp-folder";

const ROOT = resolve(__dirname, "../../..");

describe("npm run synth", function () {
  this.timeout(180_000);
  const project = join(tempFolder(), "project");
  const outdir = join(project, "cdktf.out");

  before(() => {
    copyProject(project, EVERY_COMMAND);
    const json = JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8"));
    expect(json.app).to.equal("npm run --silent build && node scripts/main.mjs");
    // The build has tests of its own.
    writeTestZips(join(project, "dist", "functions"));
    writeFileSync(join(project, "cdktf.json"), JSON.stringify({ ...json, app: "node scripts/main.mjs" }));
    writeFileSync(
      join(project, "servers", "partner-a.yaml"),
      readFileSync(join(ROOT, "servers", "example.yaml"), "utf8"),
    );
  });

  const synth = (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
    outcomeOf("npm", ["run", "--silent", "synth", "--", ...args], { cwd: project, env: { ...process.env, ...env } });

  const written = "Generated Terraform code for the stacks: server-partner-a, shared\n";

  it("writes every stack, and removes what is left of one that is gone, but nothing of those that are there", async () => {
    mkdirSync(join(outdir, "stacks", "server-gone"), { recursive: true });
    writeFileSync(join(outdir, "stacks", "server-gone", "cdk.tf.json"), "{}");
    mkdirSync(join(outdir, "stacks", "thesis"), { recursive: true });
    writeFileSync(join(outdir, "stacks", "thesis", "text"), "of somebody's own");
    mkdirSync(join(outdir, "stacks", "shared", ".terraform"), { recursive: true });
    // Who sets the variable that the command itself sets, changes nothing, as with `cdktf synth`.
    const { how, stdout, stderr } = await synth([], { CDKTF_OUTDIR: "elsewhere" });
    expect([how, stdout], stderr).to.deep.equal([0, written]);
    expect(readdirSync(join(outdir, "stacks")).sort()).to.deep.equal(["server-partner-a", "shared", "thesis"]);
    expect(readdirSync(join(outdir, "stacks", "thesis"))).to.deep.equal(["text"]);
    rmSync(join(outdir, "stacks", "thesis"), { recursive: true });
    expect(existsSync(join(outdir, "stacks", "shared", ".terraform"))).to.equal(true);
    expect(existsSync(join(project, "elsewhere"))).to.equal(false);
    const { version, stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    expect(version).to.equal("0.21.0");
    expect(stacks["server-partner-a"]).to.deep.include({
      dependencies: ["shared"],
      workingDirectory: "stacks/server-partner-a",
    });
  });

  it("takes no functions that others could exchange, and writes nothing that they could change", async function () {
    if (process.getuid === undefined) {
      this.skip(); // Windows has no such modes.
    }
    const functions = join(project, "dist", "functions");
    for (const [place, mode] of [
      [functions, 0o755],
      [join(project, "dist"), 0o755],
      [join(functions, "run.zip"), 0o644],
    ] as const) {
      chmodSync(place, mode | 0o022);
      const { how, stderr } = await synth();
      chmodSync(place, mode);
      expect(how).to.equal(1);
      expect(stderr).to.match(/^Others could exchange the built functions: .*\nNext: delete dist/);
    }
    rmSync(outdir, { recursive: true, force: true });
    const open = await outcomeOf("sh", ["-c", "umask 000; exec npm run --silent synth"], {
      cwd: project,
      env: process.env,
    });
    expect(open).to.include({ how: 0, stdout: written });
    const made = ["", ...readdirSync(outdir, { recursive: true }).map(String)];
    expect(made).to.include("stacks/shared/cdk.tf.json");
    expect(made.filter((name) => (lstatSync(join(outdir, name)).mode & 0o022) !== 0)).to.deep.equal([]);
  });

  it("writes where it is told to, as cdktf synth does", async () => {
    expect(await synth(["--output", "there"])).to.include({ how: 0, stdout: written });
    expect(await synth([], { CDKTF_OUTPUT: join(project, "by-variable") })).to.include({ how: 0, stdout: written });
    for (const folder of ["there", "by-variable"]) {
      expect(readdirSync(join(project, folder, "stacks")).sort()).to.deep.equal(["server-partner-a", "shared"]);
    }
  });

  it("says what is wrong in a definition, ends with 1 and leaves what was written before", async () => {
    writeFileSync(join(project, "servers", "b.yaml"), "Name: [");
    const { how, stdout, stderr } = await synth();
    expect([how, stdout]).to.deep.equal([1, ""]);
    expect(stderr).to.match(/^servers\/b\.yaml:/);
    expect(readdirSync(join(outdir, "stacks")).sort()).to.deep.equal(["server-partner-a", "shared"]);
  });

  it("refuses options that it does not know, with exit code 2, and names cdktf's own command", async () => {
    const { how, stderr } = await synth(["--hcl"]);
    expect(how).to.equal(2);
    expect(stderr).to.contain("--hcl").and.to.contain("npm run cdktf -- synth --help");
  });
});

describe("commands that call Terraform", function () {
  this.timeout(120_000);

  /** Stands for Terraform: says what it was told about reports of use, and fails. */
  const folder = tempFolder();
  const project = join(folder, "project");
  before(() => {
    copyProject(project, EVERY_COMMAND);
    writeFileSync(join(folder, "fake"), '#!/bin/sh\necho "<$CHECKPOINT_DISABLE>" >&2\nexit 1\n', { mode: 0o755 });
    mkdirSync(join(project, "cdktf.out", "stacks", "shared"), { recursive: true });
    writeFileSync(join(project, "cdktf.out", "manifest.json"), '{ "stacks": { "shared": {} } }');
  });

  const drift = async (environment: NodeJS.ProcessEnv) => {
    const { CHECKPOINT_DISABLE: _, ...own } = process.env;
    const env = { ...own, TERRAFORM_BINARY_NAME: join(folder, "fake"), ...environment };
    const args = ["run", "--silent", "drift", "--", "--skip-synth"];
    return (await outcomeOf("npm", args, { cwd: project, env })).stdout;
  };

  it("have it report to nobody that it is used", async () => {
    expect(await drift({})).to.contain("<1>");
  });

  it("leave that to the user", async () => {
    expect(await drift({ CHECKPOINT_DISABLE: "" })).to.contain("<>");
  });

  it("have what synthesizes do the same", async () => {
    const written = join(folder, "variable");
    const app = `node -e "fs.writeFileSync('${written}', process.env.CHECKPOINT_DISABLE); process.exit(1)"`;
    const { CHECKPOINT_DISABLE: _, ...env } = process.env;
    await outcomeOf("npm", ["run", "--silent", "synth", "--", "--app", app], { cwd: project, env });
    expect(readFileSync(written, "utf8")).to.equal("1");
  });
});

describe("commands that are started from their sources", function () {
  this.timeout(60_000);

  it("run nothing that lies among the temporary files, where other users may have put it", async () => {
    const TMPDIR = tempFolder();
    const command = ["run", "--silent", "synth", "--", "--help"];
    const { how } = await outcomeOf("npm", command, { cwd: ROOT, env: { ...process.env, TMPDIR } });
    expect(how).to.equal(0);
    const kept = readdirSync(TMPDIR, { recursive: true, encoding: "utf8" }).filter((file) =>
      /-[0-9a-f]{40}$/.test(file),
    );
    expect(kept).to.deep.equal([]);
  });
});
