import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { baseCommit } from "../../../scripts/commands/change-summary/base-definitions";
import { hasUnseen, otherFiles } from "../../../scripts/commands/change-summary/other-files";
import { readPlan } from "../../../scripts/commands/change-summary/plans";
import { runCommand } from "../../support/command";
import { errorOf } from "../../support/errors";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { tempFolder } from "../../support/temp-folder";
import { commandLineOf } from "../cli-in-process";

const HOST_KEY =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIwHZ5LhdpgIrQEWUDf0w8PMC2bORylJzDV/ixOB0dk2W0bPB2jU0Db5fgUcBTyCCnECgwq/f+63x5elRsaEbTw=";

describe("sftp-sync summary", function () {
  this.timeout(120_000);
  const project = join(tempFolder(), "project");

  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: project, input: "" });

  const write = (name: string, changes: object = {}, sync: object = {}) => {
    const definition = {
      Name: name,
      Url: `${name}.example.com`,
      PublicKey: [HOST_KEY],
      Schedule: "@daily",
      SyncSettings: [
        {
          Name: "orders",
          LocalRepository: { BucketName: "lake", Prefix: name },
          RemoteFolders: { Folder: "/out", Recursive: true },
          ...sync,
        },
      ],
      ...changes,
    };
    writeFileSync(join(project, "servers", `${name}.yaml`), stringify(definition));
  };

  const call = commandLineOf(project);

  /** @throws Error with the exit code and what was said, where that is not 0. */
  async function summary(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await call(["summary", ...args]);
    if (code !== 0) {
      throw new Error(`ended with ${code}\n${stdout}\n${stderr}`);
    }
    return stdout;
  }

  before(async () => {
    copyProject(project, EVERY_COMMAND);
    git("init", "-q", "-b", "main");
    for (const name of ["same", "edited", "moved", "gone"]) {
      write(name);
    }
    writeFileSync(join(project, "elsewhere.yaml"), "not one");
    mkdirSync(join(project, "shared"));
    write("linked");
    renameSync(join(project, "servers", "linked.yaml"), join(project, "shared", "linked.yaml"));
    symlinkSync("../shared/linked.yaml", join(project, "servers", "linked.yaml"));
    git("add", "servers", "shared", "cdktf.json");
    git("commit", "-q", "-m", "base");
    git("checkout", "-q", "-b", "change");
    // What others do on main meanwhile is none of the branch's changes.
    git("checkout", "-q", "main");
    write("of-others");
    git("add", "servers");
    git("commit", "-q", "-m", "others");
    git("checkout", "-q", "change");
  });

  it("says where nothing has changed", async () => {
    const args = ["scripts/sftp-sync.mjs", "summary", "--base", "main"];
    const printed = await runCommand("node", args, { cwd: project, env: process.env });
    expect(printed).to.match(/^## SFTP sync: no server changes\n\nCompared with `[0-9a-f]{12}`\.\n$/);
  });

  it("tells servers that were added, edited, moved and removed", async () => {
    write("new-one", {}, { LocalRepository: { BucketName: "lake", Prefix: "a|b`c" } });
    write("edited", { Url: "elsewhere.example.com" }, { Schedule: "cron(30 6 * * ? *)", Enabled: false });
    mkdirSync(join(project, "servers", "team"));
    renameSync(join(project, "servers", "moved.yaml"), join(project, "servers", "team", "moved.yaml"));
    rmSync(join(project, "servers", "gone.yaml"));
    const printed = await summary("--base", "main");
    expect(printed).to.match(/^## SFTP sync: 1 server added, 1 server changed, 1 server moved, 1 server removed$/m);
    expect(printed).not.to.match(/same|of-others|linked/);
    expect(printed).to.contain("### `edited`: changed");
    expect(printed).to.contain("| `Url` | `edited.example.com` | `elsewhere.example.com` |");
    expect(printed).to.contain("The credentials of this server go to another place");
    expect(printed).to.contain("| `orders` | `Schedule` | `At 00:00` | `At 06:30` |");
    expect(printed).to.contain("| `orders` | `Enabled` | `true` | `false` |");
    expect(printed).to.contain("### `gone`: removed").and.to.contain("`npx sftp-sync destroy gone`");
    expect(printed).to.contain("`servers/team/moved.yaml`, before `servers/moved.yaml`");
    expect(printed).to.contain("the secret `aws/transfer/sftp-sync-new-one`");
    expect(printed).to.contain("``s3://lake/a\\|b`c/out/``");
    expect(printed).to.match(/^\| all servers, \d{4}-\d\d \| before \| after \|$/m);
    expect(printed).to.contain("| fixed | $23.00 | $22.90 |");
    const [, before, after] = /^\| runs by schedule \| (\d+) \| (\d+) \|$/m.exec(printed) ?? [];
    expect(Number(before) / 5, "runs of one of five servers")
      .to.equal(Number(after) / 4)
      .and.be.within(28, 31);
    expect(printed).to.match(/\| At 00:00 \| (\d{4}-\d\d-\d\d 00:00 UTC(<br>|)){3} \|/);
  });

  it("tells files of the branch that nobody expects in a commit, by what Git would commit", async () => {
    const put = (file: string, text = "") => {
      mkdirSync(join(project, dirname(file)), { recursive: true });
      writeFileSync(join(project, file), text);
    };
    // The branch may say itself what Git ignores, and which submodules it leaves out.
    put(".gitignore", "*.bin\n");
    put(".gitmodules", '[submodule "lib"]\n\tpath = lib\n\turl = ./lib\n\tignore = all\n');
    put("built.bin");
    put("Node_Modules/a/index.js");
    put("tools/.terraform/plugin");
    put("cdktf.out-prod/stacks/a/b.tf.json");
    put(".npmrc");
    put("docs/.env.production");
    put("docs/note.md");
    const committed = git("rev-parse", "HEAD").toString().trim();
    git(
      "add",
      "-f",
      ".gitignore",
      ".gitmodules",
      "built.bin",
      "Node_Modules",
      "tools/.terraform",
      "cdktf.out-prod",
      ".npmrc",
      "docs",
    );
    git("update-index", "--add", "--cacheinfo", `160000,${committed},lib`);
    const found = await otherFiles(project, await baseCommit(project, "main"), join(project, "servers"));
    git("reset", "-q");
    rmSync(join(project, ".gitmodules"));
    const named = (wanted: string) => found.flatMap(({ file, kind }) => (kind === wanted ? file : []));
    expect(named("unseen")).to.have.members([
      "Node_Modules/a/index.js",
      "built.bin",
      "cdktf.out-prod/stacks/a/b.tf.json",
      "lib",
      "tools/.terraform/plugin",
    ]);
    expect(named("hidden")).to.have.members([".gitignore", ".gitmodules", ".npmrc", "docs/.env.production"]);
    expect(named("other")).to.deep.equal(["docs/note.md"]);
    expect(hasUnseen(found)).to.equal(true);
    expect(hasUnseen(found.map((file) => ({ ...file, isRemoved: true })))).to.equal(false);
  });

  it("compares with what the base has, and not with what a reference of refs/replace has in its place", async () => {
    const tip = git("rev-parse", "main").toString().trim();
    const base = await baseCommit(project, "main");
    const empty = git("commit-tree", "-m", "other", git("mktree").toString().trim()).toString().trim();
    git("replace", tip, empty);
    try {
      expect(await baseCommit(project, "main")).to.equal(base);
    } finally {
      git("replace", "-d", tip);
    }
  });

  it("adds what plans do to resources", async () => {
    const change = (address: string, ...actions: string[]) => ({ address, change: { actions } });
    const file = join(project, "server-edited.json");
    const changes = [
      change("aws_transfer_connector.sftp", "delete", "create"),
      change("aws_iam_role.engine", "update"),
      change("aws_s3_bucket.kept", "no-op"),
      change("data.aws_region.current", "read"),
    ];
    writeFileSync(file, JSON.stringify({ format_version: "1.2", resource_changes: changes }));
    const printed = await summary("--base", "main", "--plan", file);
    expect(printed).to.contain("### Plan `server-edited`: 2 resources, 1 changed, 1 replaced");
    expect(printed).to.contain("- replaced: `aws_transfer_connector.sftp`");
  });

  it("gives the same as JSON, and all that validation says, with exit code 2 for an error", async () => {
    write("broken", { Schedule: "never" });
    const { message } = await errorOf(summary("--base", "main"));
    expect(message).to.contain("ended with 2");
    expect(message).to.contain("### What validation says").and.to.contain("servers/broken.yaml:");
    rmSync(join(project, "servers", "broken.yaml"));
    const document: unknown = JSON.parse(await summary("--base", "main", "--json"));
    expect(document).to.have.property("version", 1);
    expect(document).to.have.nested.property("changes[0].server", "edited");
  });

  it("tells settings and environments that changed, and buckets that are others by them", async () => {
    const file = join(project, "cdktf.json");
    const text = readFileSync(file, "utf8");
    const stage = join(project, "environments", "stage.json");
    mkdirSync(join(project, "environments"));
    writeFileSync(stage, JSON.stringify({ buckets: { lake: "lake-stage" }, settings: { namePrefix: "stage" } }));
    git("add", "environments");
    git("commit", "-q", "-m", "environment");
    const base = String(git("rev-parse", "HEAD")).trim();
    git("checkout", "-q", "-b", "settings");
    git("commit", "-q", "--allow-empty", "-m", "settings");
    writeFileSync(stage, JSON.stringify({ buckets: { lake: "elsewhere" }, settings: { namePrefix: "stage" } }));
    writeFileSync(file, text.replace('"logLevel": "INFO"', '"logLevel": "DEBUG"'));
    writeFileSync(join(project, "environments", "prod.json"), "{}");
    const printed = await summary("--base", base, "--env", "stage");
    expect(printed).to.contain(
      "Settings: `cdktf.json` changed, `environments/prod.json` added, `environments/stage.json` changed.",
    );
    expect(printed).to.contain("| `cdktf.json` | `context.logLevel` | `INFO` | `DEBUG` |");
    expect(printed).to.contain("| `environments/stage.json` | `buckets.lake` | `lake-stage` | `elsewhere` |");
    expect(printed).to.contain("### `same`: changed");
    expect(printed).to.contain("| `orders` | `LocalRepository.BucketName` | `lake-stage` | `elsewhere` |");
    rmSync(join(project, "environments"), { recursive: true });
    writeFileSync(file, text);
  });

  for (const [what, base] of [
    ["a base that is not there", "origin/nothing"],
    ["an option in the place of one", "--all"],
  ] as const) {
    it(`refuses ${what}, and says what to do`, async () => {
      const error = await errorOf(baseCommit(project, base));
      expect(error.message).to.contain(`Git knows no commit "${base}"`);
      expect(error).to.have.property("next").that.contains("fetch-depth: 0");
    });
  }

  it("takes a branch, of this or another repository, before a tag that is called like it", async () => {
    const commits = async () => Promise.all(["main", "origin/main"].map((name) => baseCommit(project, name)));
    git("update-ref", "refs/remotes/origin/main", "main");
    const before = await commits();
    git("checkout", "-q", "-b", "with-tags");
    git("commit", "-q", "--allow-empty", "-m", "what a tag leads to");
    git("tag", "main");
    git("tag", "origin/main");
    expect(await commits()).to.deep.equal(before);
    expect(await baseCommit(project, "HEAD")).not.to.equal(before[0]);
    git("tag", "-d", "main", "origin/main");
    git("checkout", "-q", "change");
  });

  for (const [what, text, words] of [
    ["a plan that is not there", undefined, "cannot be read: there is no such file"],
    ["a plan that is no JSON", "Plan: 1 to add", "cannot be read: "],
    ["JSON that is no plan", '{"resource_changes": 1}', "is no plan of Terraform as JSON"],
  ] as const) {
    it(`refuses ${what}, and says what to do`, async () => {
      const file = join(tempFolder(), "plan.json");
      if (text !== undefined) {
        writeFileSync(file, text);
      }
      const error = await errorOf(readPlan(file));
      expect(error.message).to.contain(words);
      expect(error).to.have.property("next").that.contains("terraform show -json");
    });
  }
});
