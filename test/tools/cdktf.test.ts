import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { outcomeOf, runCommand } from "../support/command";
import { tempFolder } from "../support/temp-folder";

const ROOT = resolve(__dirname, "../..");

/** Stands for cdktf-cli, which takes minutes to install: what it is called with, and in which environment. */
const CLI = `
console.log(JSON.stringify({
  version: VERSION,
  args: process.argv.slice(2),
  isMain: require.main === module,
  folder: process.cwd(),
  CHECKPOINT_DISABLE: process.env.CHECKPOINT_DISABLE,
  DISABLE_VERSION_CHECK: process.env.DISABLE_VERSION_CHECK,
}));
process.exitCode = 3;
`;

/** What the command is made of. */
const PARTS = ["tools/cdktf", "tools/.npmrc", "scripts/build/own-place.mjs", "scripts/stacks/read-by-terraform.mjs"];

const INSTALLING = /^Installing the cdktf command in tools\/, once: .*\n$/;

describe("the cdktf command", function () {
  this.timeout(120_000);
  /** Where the versions of the package lie. */
  let published: string;
  let project: string;
  const tools = () => join(project, "tools");

  before(async () => {
    published = tempFolder();
    await publish(1);
    await publish(2);
  });

  beforeEach(() => {
    project = tempFolder();
    mkdirSync(join(tools(), "cdktf"), { recursive: true });
    for (const part of PARTS) {
      cpSync(join(ROOT, part), join(project, part), { recursive: true });
    }
    // As `npm ci` links it.
    mkdirSync(join(project, "node_modules", ".bin"), { recursive: true });
    symlinkSync(join(tools(), "cdktf", "cdktf.mjs"), join(project, "node_modules", ".bin", "cdktf"));
    writeFileSync(join(project, "package.json"), "{}");
    ask(1);
  });

  /** Has tools/ ask for this version. */
  const ask = (version: number) => cpSync(join(published, `locked-${version}`), tools(), { recursive: true });

  /** A version of the package, and lock files that name it. */
  async function publish(version: number): Promise<void> {
    const source = join(published, `source-${version}`);
    mkdirSync(join(source, "bundle", "bin"), { recursive: true });
    writeFileSync(join(source, "bundle", "bin", "cdktf"), CLI.replace("VERSION", String(version)));
    const scripts = { postinstall: "node -e \"require('node:fs').writeFileSync('ran', '')\"" };
    writeJson(join(source, "package.json"), { name: "cdktf-cli", version: `${version}.0.0`, scripts });
    await npm(published, "pack", source);
    const locked = join(published, `locked-${version}`);
    mkdirSync(locked);
    writeJson(join(locked, "package.json"), {
      private: true,
      dependencies: { "cdktf-cli": `file:${archive(version)}` },
    });
    await npm(locked, "install", "--package-lock-only");
  }

  const archive = (version: number) => join(published, `cdktf-cli-${version}.0.0.tgz`);

  const writeJson = (file: string, value: unknown) => writeFileSync(file, JSON.stringify(value));

  const npm = (cwd: string, ...args: string[]) =>
    runCommand("npm", [...args, "--offline", "--silent"], { cwd, env: process.env });

  /** The short call. */
  const npx = () => call({}, "npx", "cdktf");

  /** What that starts, by itself. */
  const cdktf = (env: NodeJS.ProcessEnv = {}) => call(env, process.execPath, join(project, "node_modules/.bin/cdktf"));

  async function call(env: NodeJS.ProcessEnv, program: string, ...args: string[]) {
    const { CHECKPOINT_DISABLE: _, DISABLE_VERSION_CHECK: __, ...own } = process.env;
    const options = { cwd: project, env: { ...own, ...env } };
    const { how, stdout, stderr } = await outcomeOf(program, [...args, "output", "a b*"], options);
    return { how, stderr, said: stdout === "" ? undefined : JSON.parse(stdout) };
  }

  it("is installed by the first call, in one line, and by no other", async () => {
    const first = await npx();
    expect(first.stderr).to.match(INSTALLING);
    expect(first).to.deep.include({
      how: 3,
      said: {
        version: 1,
        args: ["output", "a b*"],
        isMain: true,
        folder: project,
        CHECKPOINT_DISABLE: "1",
        DISABLE_VERSION_CHECK: "1",
      },
    });
    expect(await npx()).to.deep.equal({ ...first, stderr: "" });
    expect(readdirSync(tools()).sort()).to.deep.equal([
      ".npmrc",
      "cdktf",
      "node_modules",
      "package-lock.json",
      "package.json",
    ]);
  });

  it("runs nothing that packages would run when they are installed", async () => {
    await cdktf();
    expect(existsSync(join(tools(), "node_modules", "cdktf-cli", "package.json"))).to.equal(true);
    expect(existsSync(join(tools(), "node_modules", "cdktf-cli", "ran"))).to.equal(false);
  });

  it("is what somebody has installed with npm ci --prefix tools", async () => {
    await npm(project, "ci", "--prefix", "tools");
    expect(await cdktf()).to.include({ how: 3, stderr: "" });
  });

  it("is installed again when the lock file names another version", async () => {
    await cdktf();
    ask(2);
    const { stderr, said } = await cdktf();
    expect(stderr).to.match(INSTALLING);
    expect(said).to.include({ version: 2 });
  });

  it("is installed again when a part of it is missing", async () => {
    await cdktf();
    rmSync(join(tools(), "node_modules", ".package-lock.json"));
    expect(await cdktf()).to.include({ how: 3 });
    expect(await cdktf()).to.include({ how: 3, stderr: "" });
  });

  it("is whole for calls at the same time", async () => {
    const calls = await Promise.all([npx(), npx(), npx()]);
    expect(calls.map(({ how, said }) => [how, said?.version])).to.deep.equal(Array(3).fill([3, 1]));
    expect(readdirSync(tools()).filter((name) => name.startsWith("draft"))).to.deep.equal([]);
  });

  it("leaves it to the user whether anything is reported", async () => {
    const { said } = await cdktf({ CHECKPOINT_DISABLE: "", DISABLE_VERSION_CHECK: "false" });
    expect(said).to.include({ CHECKPOINT_DISABLE: "", DISABLE_VERSION_CHECK: "false" });
  });

  describe("where somebody else has put files among the stacks, or could", () => {
    const stack = () => join(project, "cdktf.out-stage", "stacks", "server-a");

    beforeEach(async () => {
      mkdirSync(stack(), { recursive: true });
      writeFileSync(join(stack(), "cdk.tf.json"), "{}");
      await cdktf();
    });

    for (const file of ["more.tf", "cdk_override.tf.json", "terraform.tfvars"]) {
      it(`does nothing for ${file}`, async () => {
        writeFileSync(join(stack(), file), "");
        const { how, stderr, said } = await cdktf();
        expect({ how, said }).to.deep.equal({ how: 1, said: undefined });
        expect(stderr).to.match(
          /^Nothing was done: Terraform would read cdktf\.out-stage\/stacks\/server-a\/\S+, which/,
        );
      });
    }

    for (const [what, path] of [
      ["a stack's folder", "cdktf.out-stage/stacks/server-a"],
      ["a stack's file", "cdktf.out-stage/stacks/server-a/cdk.tf.json"],
      ["all of them", "cdktf.out-stage"],
      ["a state", "terraform.server-a.tfstate"],
    ] as const) {
      it(`does nothing where everybody may write in ${what}`, async () => {
        writeFileSync(join(project, "terraform.server-a.tfstate"), "{}");
        chmodSync(join(project, path), 0o777);
        const { how, stderr, said } = await cdktf();
        expect({ how, said }).to.deep.equal({ how: 1, said: undefined });
        expect(stderr).to.include(`others on this machine can change ${path}`);
      });
    }

    it("does nothing where the folder is a link", async () => {
      symlinkSync(tempFolder(), join(project, "cdktf.out"));
      expect(await cdktf()).to.include({ how: 1 });
    });

    it("goes on with what Terraform keeps there, and links to a cache of its providers", async () => {
      writeFileSync(join(stack(), ".terraform.lock.hcl"), "");
      const providers = join(stack(), ".terraform", "providers", "registry.terraform.io", "hashicorp");
      mkdirSync(providers, { recursive: true });
      symlinkSync(tempFolder(), join(providers, "aws"));
      expect(await cdktf()).to.include({ how: 3, stderr: "" });
    });
  });

  it("tells why it cannot be installed, and what to do, with exit code 1", async () => {
    const away = `${archive(1)}.away`;
    renameSync(archive(1), away);
    const { how, stderr, said } = await cdktf().finally(() => renameSync(away, archive(1)));
    expect(how).to.equal(1);
    expect(said).to.equal(undefined);
    expect(stderr).to.match(/could not be installed in .*tools: npm ci ended with \d+\nNext: .*\n$/);
    expect(readFileSync(join(tools(), "package.json"), "utf8")).to.contain("cdktf-cli");
    expect(readdirSync(tools()).filter((name) => name.startsWith("draft"))).to.deep.equal([]);
  });
});
