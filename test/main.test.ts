import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { synthesizeProject } from "../stacks/synthesize";
import { writeTestZips } from "./stacks/support";
import { asOwnProcess, type Ended } from "./support/own-process";
import { copyProject } from "./support/project-copy";

const ROOT = resolve(__dirname, "..");

describe("main.ts", () => {
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "main-"));
    copyProject(project, ["main.ts", "cdktf.json", "package.json", "tsconfig.json", "config", "contract", "stacks"]);
    writeTestZips(join(project, "dist", "functions"));
  });

  afterEach(() => rmSync(project, { recursive: true, force: true }));

  function run(environment: Record<string, string> = {}, cwd = project) {
    const tsx = join(ROOT, "node_modules", "tsx", "dist", "cli.mjs");
    const env = { ...inherited(), ...environment };
    const { status, stderr, stdout } = spawnSync(process.execPath, [tsx, join(project, "main.ts")], {
      cwd,
      // cdktf calls util.isArray, of which Node 24 warns.
      env: { ...env, NODE_NO_WARNINGS: "1" },
      encoding: "utf8",
    });
    return { code: status, stderr, stdout };
  }

  /** Does what main.ts does, without the start of a process. */
  function synthesize(environment: Record<string, string> = {}, cwd = project): Promise<Ended> {
    return asOwnProcess({ args: [], env: { ...inherited(), ...environment }, cwd }, async () => {
      const { env } = process;
      process.exitCode = await synthesizeProject({ root: project, env, tell: (text) => console.error(text) });
    });
  }

  function inherited(): NodeJS.ProcessEnv {
    const { CDKTF_CONTEXT_JSON: _, CDKTF_OUTDIR: __, SFTP_SYNC_ENVIRONMENT: ___, ...env } = process.env;
    return env;
  }

  const stacks = () => readdirSync(join(project, "cdktf.out", "stacks")).sort();
  const server = (text: string, file = "partner-a.yaml") => writeFileSync(join(project, "servers", file), text);
  const example = () => readFileSync(join(ROOT, "servers", "example.yaml"), "utf8");

  it("synthesizes the shared stack when there are no definitions", async () => {
    expect(await synthesize()).to.deep.equal({ code: 0, stderr: "", stdout: "" });
    expect(stacks()).to.deep.equal(["shared"]);
  });

  it("synthesizes one stack for each definition", () => {
    server(example());
    expect(run()).to.include({ code: 0, stderr: "" });
    expect(stacks()).to.deep.equal(["server-partner-a", "shared"]);
  });

  it("finds the definitions from wherever it is called, also from inside their folder", async () => {
    server(example());
    expect(await synthesize({}, join(project, "servers"))).to.include({ code: 0, stderr: "" });
    expect(stacks()).to.deep.equal(["server-partner-a", "shared"]);
    server("Name: [");
    expect((await synthesize({}, join(project, "servers"))).stderr).to.match(/^partner-a\.yaml:/m);
  });

  it("takes the settings that the cdktf command hands over, with its own keys beside them", async () => {
    const context = { region: "us-east-2", cdktfJsonPath: "/x/cdktf.json", cdktfRelativeModules: [] };
    expect(await synthesize({ CDKTF_CONTEXT_JSON: JSON.stringify(context) })).to.include({ code: 0, stderr: "" });
    const shared = readFileSync(join(project, "cdktf.out", "stacks", "shared", "cdk.tf.json"), "utf8");
    expect(shared).to.include('"region": "us-east-2"');
  });

  it("synthesizes what an environment has, beside the rest, with states of its own", async () => {
    server(example());
    const other = example().replace("Name: partner-a", "Name: partner-b").replaceAll("example-data-lake", "lake-b");
    server(other, "partner-b.yaml");
    mkdirSync(join(project, "environments"));
    const stage = {
      servers: ["*-b"],
      buckets: { "lake-b": "lake-b-stage" },
      settings: { region: "eu-west-1", account: "111122223333" },
    };
    writeFileSync(join(project, "environments", "stage.json"), JSON.stringify(stage));
    const { code, stderr } = await synthesize({ SFTP_SYNC_ENVIRONMENT: "stage" });
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const folder = join(project, "cdktf.out-stage", "stacks");
    expect(readdirSync(folder).sort()).to.deep.equal(["server-partner-b", "shared"]);
    const text = readFileSync(join(folder, "server-partner-b", "cdk.tf.json"), "utf8");
    const { terraform, provider, data } = JSON.parse(text);
    expect(text)
      .to.include("lake-b-stage")
      .and.not.match(/lake-b(?!-stage)/);
    expect(terraform.backend).to.deep.equal({ local: { path: "../../../terraform.stage.server-partner-b.tfstate" } });
    expect(data.terraform_remote_state.shared.config.path).to.match(/terraform\.stage\.shared\.tfstate$/);
    expect(provider.aws[0]).to.deep.include({ region: "eu-west-1", allowed_account_ids: ["111122223333"] });
    expect(existsSync(join(project, "cdktf.out"))).to.equal(false);
  });

  it("refuses an environment that is not there, and writes nothing", async () => {
    const { code, stderr } = await synthesize({ SFTP_SYNC_ENVIRONMENT: "stage" });
    expect({ code, stderr }).to.deep.equal({
      code: 2,
      stderr:
        "SFTP_SYNC_ENVIRONMENT: there is no such environment (received: stage; allowed: none yet: a file environments/NAME.json)\n",
    });
    expect(readdirSync(project).filter((name) => name.startsWith("cdktf.out"))).to.deep.equal([]);
  });

  it("reports all that is wrong in settings and definitions at once, and writes nothing", () => {
    const settings = JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8"));
    settings.context.logRetentionDays = 91;
    writeFileSync(join(project, "cdktf.json"), JSON.stringify(settings, null, 2));
    server("Name: a\nUnknown: 1\n");
    server("Name: [", "b.yaml");
    const { code, stderr, stdout } = run();
    expect(code).to.equal(2);
    expect(stdout).to.equal("");
    expect(stderr).to.match(/^cdktf\.json:\d+:\d+ context\.logRetentionDays: /m);
    expect(stderr).to.match(/^servers\/partner-a\.yaml:2:1 Unknown: /m);
    expect(stderr).to.match(/^servers\/b\.yaml/m);
    expect(stderr).not.to.match(/^\s+at /m);
    expect(existsSync(join(project, "cdktf.out"))).to.equal(false);
  });

  it("tells how to go on without a wrong file, and does, however odd it is", async () => {
    const aliases = Array.from({ length: 6000 }, (_, i) => `&a${i + 1} [*a${i}]`).join(", ");
    const deep = `x-m: [&a0 1, ${aliases}]\nx-m: 1\nx-z: *a6000\n`;
    server(example());
    server(deep, "deep.yaml");
    server("Name: [", "b.yaml");
    const { code, stderr } = await synthesize();
    expect(code).to.equal(2);
    expect(stderr).to.match(/^servers\/b\.yaml/m);
    expect(stderr).to.match(/^servers\/deep\.yaml:1:\d+: YAML: the aliases/m);
    expect(stderr).to.match(/docs\/operations\.md#a-wrong-file\n$/);
    for (const name of ["deep.yaml", "b.yaml"]) {
      renameSync(join(project, "servers", name), join(project, "servers", `.${name}`));
    }
    expect(await synthesize()).to.include({ code: 0, stderr: "" });
    expect(stacks()).to.deep.equal(["server-partner-a", "shared"]);
  });

  it("refuses a definition that writes where targetBuckets does not let it, and writes nothing", async () => {
    const settings = JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8"));
    settings.context.targetBuckets = [{ servers: ["partner-a"], allow: ["elsewhere"] }];
    writeFileSync(join(project, "cdktf.json"), JSON.stringify(settings, null, 2));
    server(example());
    const { code, stderr } = await synthesize();
    expect(code).to.equal(2);
    expect(stderr).to.match(
      /^servers\/partner-a\.yaml:\d+:\d+ SyncSettings\[0\]\.LocalRepository\.BucketName: targetBuckets .* allowed: elsewhere\)$/m,
    );
    expect(existsSync(join(project, "cdktf.out"))).to.equal(false);
  });

  it("goes on after a warning", async () => {
    server(example().replace("Url: sftp.partner-a", "Url: sftp://sftp.partner-a"));
    const { code, stderr } = await synthesize();
    expect(stderr).to.match(/^servers\/partner-a\.yaml:\d+:\d+ Url: warning: /);
    expect(code).to.equal(0);
  });
});
