import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { stamp } from "../../../scripts/build/stamp.mjs";
import { runCommand } from "../../support/command";
import { copyProject } from "../../support/project-copy";
import { tempFolder } from "../../support/temp-folder";

const PARTS = [
  "cdktf.json",
  "config",
  "contract",
  "engine",
  "functions",
  "local",
  "package-lock.json",
  "package.json",
  "scripts",
  "stacks",
  "tsconfig.json",
];

/** What a fresh clone says. */
const NO_DEFINITIONS = "No definitions found";

describe("the command line's bundle", function () {
  this.timeout(60_000);
  let root: string;

  beforeEach(() => {
    root = tempFolder();
    copyProject(root, PARTS);
  });

  const cache = () => join(root, "dist", "cache");
  const bundles = () => readdirSync(cache()).filter((name) => name.startsWith("command-"));
  const validate = (env: NodeJS.ProcessEnv = {}) =>
    runCommand(process.execPath, [join(root, "scripts", "sftp-sync.mjs"), "validate"], {
      cwd: root,
      env: { ...process.env, ...env },
    });

  function edit(path: string, from: string, to: string): void {
    const file = join(root, path);
    const text = readFileSync(file, "utf8");
    expect(text).to.contain(from);
    writeFileSync(file, text.replace(from, to));
  }

  it("is made once of sources that stay as they are", async () => {
    expect(await validate()).to.contain(NO_DEFINITIONS);
    const [made, ...more] = bundles();
    expect(more).to.deep.equal([]);
    mkdirSync(join(root, ".local")); // As a run leaves it.
    expect(await validate()).to.contain(NO_DEFINITIONS);
    expect(bundles()).to.deep.equal([made]);
  });

  it("is another one for another program of the project", async () => {
    await validate();
    const url = pathToFileURL(join(root, "scripts", "build", "command-bundle.mjs")).href;
    const { commandBundle }: { commandBundle(...args: readonly string[]): Promise<string> } = await import(url);
    const [own, other] = [await commandBundle(root, cache()), await commandBundle(root, cache(), "scripts/sbom.ts")];
    expect(bundles()).to.have.members([own, other].map((path) => basename(dirname(path))));
    expect(await commandBundle(root, cache(), "scripts/sbom.ts")).to.equal(other);
  });

  it("is never one that somebody has put there, whatever its record says", async () => {
    await validate();
    const [made = ""] = bundles();
    const text = 'console.log("from elsewhere");';
    const record = JSON.parse(readFileSync(join(cache(), made, "record.json"), "utf8"));
    const added = { root: record.root, sources: {}, folders: {}, bytes: text.length };
    const copied = { ...record, bytes: text.length };
    for (const [index, content] of [added, copied].entries()) {
      const folder = join(cache(), `command-${String(index).repeat(64)}`);
      mkdirSync(folder);
      writeFileSync(join(folder, "program.cjs"), text);
      writeFileSync(join(folder, "record.json"), JSON.stringify(content));
    }
    expect(await validate()).to.contain(NO_DEFINITIONS);
  });

  it("is never one that others could exchange, and none that is made is", async function () {
    if (process.getuid === undefined) {
      this.skip(); // Windows has no such modes.
    }
    mkdirSync(cache(), { recursive: true });
    chmodSync(cache(), 0o777);
    const folder = join(cache(), `command-${"a".repeat(64)}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "program.cjs"), 'console.log("from elsewhere");');
    const record = { root, sources: {}, folders: {}, bundle: stamp(join(folder, "program.cjs")) };
    writeFileSync(join(folder, "record.json"), JSON.stringify(record));
    expect(await validate()).to.contain(NO_DEFINITIONS);

    rmSync(join(root, "dist"), { recursive: true });
    const args = ["-c", 'umask 000; exec "$0" scripts/sftp-sync.mjs validate', process.execPath];
    expect(await runCommand("sh", args, { cwd: root, env: process.env })).to.contain(NO_DEFINITIONS);
    const made = ["", ...readdirSync(join(root, "dist"), { recursive: true }).map(String)];
    expect(made).to.have.length.above(5);
    expect(made.filter((name) => (statSync(join(root, "dist", name)).mode & 0o022) !== 0)).to.deep.equal([]);
  });

  it("is not looked for behind a link, which a branch can bring", async () => {
    const elsewhere = join(tempFolder(), "dist");
    await validate();
    renameSync(join(root, "dist"), elsewhere);
    symlinkSync(elsewhere, join(root, "dist"));
    const [made = ""] = readdirSync(join(elsewhere, "cache"));
    writeFileSync(join(elsewhere, "cache", made, "program.cjs"), 'console.log("from elsewhere");');
    const path = join(elsewhere, "cache", made, "record.json");
    const record = {
      ...JSON.parse(readFileSync(path, "utf8")),
      bundle: stamp(join(elsewhere, "cache", made, "program.cjs")),
    };
    writeFileSync(path, JSON.stringify(record));
    expect(await validate()).to.contain(NO_DEFINITIONS);
  });

  it("follows a change of a source, and of what only a later import loads", async () => {
    await validate();
    edit("scripts/cli/validate.ts", NO_DEFINITIONS, "Nothing is there");
    expect(await validate()).to.contain("Nothing is there");
    edit(
      "scripts/commands/validate.ts",
      "export async function validate",
      "console.log('changed');\nexport async function validate",
    );
    expect(await validate()).to.contain("changed");
    expect(bundles()).to.have.lengthOf(3);
  });

  it("knows a change to other text of the same length, with the time that the file had", async () => {
    await validate();
    await runCommand("touch", ["-r", "scripts/cli/validate.ts", "time"], { cwd: root, env: process.env });
    edit("scripts/cli/validate.ts", NO_DEFINITIONS, NO_DEFINITIONS.toUpperCase());
    await runCommand("touch", ["-r", "time", "scripts/cli/validate.ts"], { cwd: root, env: process.env });
    expect(await validate()).to.contain(NO_DEFINITIONS.toUpperCase());
  });

  it("belongs to its folder: a project that is moved gets another one", async () => {
    await validate();
    const moved = `${root}-moved`;
    renameSync(root, moved);
    root = moved;
    expect(await validate()).to.contain(NO_DEFINITIONS);
    expect(bundles()).to.have.lengthOf(2);
    rmSync(moved, { recursive: true });
  });

  it("is made again where it is damaged", async () => {
    await validate();
    const [made = ""] = bundles();
    truncateSync(join(cache(), made, "program.cjs"), 1000);
    expect(await validate()).to.contain(NO_DEFINITIONS);
  });

  describe("keeps the code that a command made V8 compile", () => {
    const codeOf = (command: string) => {
      const [bundle = ""] = bundles();
      const names = readdirSync(join(cache(), bundle)).filter(
        (name) => name.startsWith(command) && name.endsWith(".code"),
      );
      return join(cache(), bundle, names[0] ?? "none");
    };

    it("as long as it serves", async () => {
      await validate();
      const { ino } = statSync(codeOf("validate"));
      expect(await validate()).to.contain(NO_DEFINITIONS);
      expect(statSync(codeOf("validate")).ino).to.equal(ino);
    });

    it("not where the command went wrong", async () => {
      writeFileSync(join(root, "servers", "wrong.yaml"), "Name: [");
      await validate().catch(String);
      expect(codeOf("validate")).to.match(/none$/);
    });

    it("and compiles it again where it is another file, also one that V8 would take", async () => {
      await validate();
      await runCommand(process.execPath, [join(root, "scripts", "sftp-sync.mjs"), "--help"], {
        cwd: root,
        env: process.env,
      });
      const { ino } = statSync(codeOf("validate"));
      writeFileSync(codeOf("validate"), readFileSync(codeOf("help")));
      expect(await validate()).to.contain(NO_DEFINITIONS);
      expect(statSync(codeOf("validate")).ino).not.to.equal(ino);
    });
  });

  it("names the sources where this program is mistaken, also where nobody waits for the error", async () => {
    edit(
      "scripts/commands/validate.ts",
      "export async function validate(",
      'export const wrong = () => {\n  throw new Error("a mistake");\n};\n\nexport async function validate(',
    );
    edit(
      "scripts/cli/validate.ts",
      "const { validate } = await",
      "const { wrong } = await import('../commands/validate.js');\n  if (process.env.LATER) setImmediate(wrong);\n  else wrong();\n  const { validate } = await",
    );
    for (const env of [{}, { LATER: "1" }]) {
      const said = await validate(env).then(String, String);
      expect(said).to.match(/ended with 70\n[\s\S]*a mistake\n.*scripts\/commands\/validate\.ts:\d+/);
      expect(said).to.contain("Please report it");
    }
  });

  it("may be made by several calls at once", async () => {
    const said = await Promise.all([validate(), validate(), validate()]);
    expect(said.filter((text) => text.includes(NO_DEFINITIONS))).to.have.lengthOf(3);
    expect(readdirSync(cache()).filter((name) => name.startsWith("draft-"))).to.deep.equal([]);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`leaves nothing behind that it has begun, where ${signal} ends the call`, async () => {
      const args = [join(root, "scripts", "sftp-sync.mjs"), "validate"];
      const command = spawn(process.execPath, args, { cwd: root, stdio: "ignore" });
      const ended = once(command, "exit");
      const isBegun = () => existsSync(cache()) && readdirSync(cache()).some((name) => name.startsWith("draft-"));
      while (command.exitCode === null && !isBegun()) {
        await setTimeout(1);
      }
      command.kill(signal);
      expect(await ended).to.deep.equal([null, signal]);
      expect(readdirSync(cache())).to.deep.equal([]);
    });
  }

  it("is done without where nothing can be kept", async () => {
    mkdirSync(join(root, "dist"));
    writeFileSync(cache(), "in the way");
    expect(await validate()).to.contain(NO_DEFINITIONS);
  });

  it("is done without where a source is wrong, which the error names", async () => {
    edit("scripts/cli.ts", "import ", "import import ");
    const said = await validate().then(String, String);
    expect(said).to.contain("cli.ts");
  });
});
