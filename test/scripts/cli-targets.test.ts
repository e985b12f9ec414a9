import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { copyProject, EVERY_COMMAND } from "../support/project-copy";
import { tempFolder } from "../support/temp-folder";
import { commandLineOf } from "./cli-in-process";

const HOST_KEY =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIwHZ5LhdpgIrQEWUDf0w8PMC2bORylJzDV/ixOB0dk2W0bPB2jU0Db5fgUcBTyCCnECgwq/f+63x5elRsaEbTw=";

describe("sftp-sync where the settings say which servers may write where", function () {
  this.timeout(120_000);
  let project: string;
  let program: ReturnType<typeof commandLineOf>;

  before(() => {
    project = tempFolder();
    copyProject(project, EVERY_COMMAND);
    program = commandLineOf(project);
  });

  function settings(change: (context: Record<string, unknown>) => void): void {
    const file = join(__dirname, "..", "..", "cdktf.json");
    const parsed = JSON.parse(readFileSync(file, "utf8"));
    change(parsed.context);
    writeFileSync(join(project, "cdktf.json"), JSON.stringify(parsed, null, 2));
  }

  const allow = (...places: string[]) =>
    settings((context) => {
      context.targetBuckets = [{ servers: ["acme-*"], allow: places }];
    });

  function definition(Name: string): string {
    const file = join(project, "servers", "acme.yaml");
    const SyncSettings = [
      {
        Name: "in",
        LocalRepository: { BucketName: "lake", Prefix: "in/acme" },
        RemoteFolders: { Folder: "/out", Recursive: false },
      },
    ];
    writeFileSync(
      file,
      stringify({ Name, Url: "127.0.0.1:1", PublicKey: [HOST_KEY], Schedule: "on-demand", SyncSettings }),
    );
    return file;
  }

  const call = (...args: string[]) => program(args);

  it("says what each server writes to and may write to", async () => {
    allow("lake/in", "acme-*");
    const file = definition("acme-eu");
    const { code, stdout, stderr } = await call("validate", file);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout.split("\n").slice(0, 3)).to.deep.equal([
      "acme-eu writes to s3://lake/in/acme/ (targetBuckets allows lake/in, acme-*)",
      "",
      `1 valid definition. Next: npx sftp-sync local ${file}`,
    ]);
    const { stdout: json } = await call("validate", file, "--json");
    expect(JSON.parse(json)).to.deep.include({
      valid: true,
      targets: [{ server: "acme-eu", writes: ["s3://lake/in/acme/"], allowed: ["lake/in", "acme-*"] }],
    });
  });

  it("refuses to validate and to run what may not be written, and makes nothing", async () => {
    allow("lake/in/acme-eu");
    const file = definition("acme-eu");
    const data = join(project, "data");
    for (const args of [
      ["validate", file],
      ["local", file, "--data", data],
    ]) {
      const { code, stderr } = await call(...args);
      expect(code).to.equal(2);
      expect(stderr).to.match(
        /acme\.yaml:\d+:\d+ SyncSettings\[0\]\.LocalRepository\.Prefix: targetBuckets in cdktf\.json does not let acme-eu write there/,
      );
      expect(stderr).to.include("(received: s3://lake/in/acme/; allowed: lake/in/acme-eu)");
    }
    expect(existsSync(data)).to.equal(false);
  });

  it("says what is wrong with the settings themselves", async () => {
    allow("s3://lake");
    const { code, stderr } = await call("validate", definition("acme-eu"));
    expect(code).to.equal(2);
    expect(stderr).to.match(/^cdktf\.json:\d+:\d+ context\.targetBuckets\[0\]\.allow\[0\]: is not valid /);
  });

  it("keeps silent about what is only odd in the settings", async () => {
    settings((context) => {
      context.timeouts = { transfer: 45_000 };
    });
    const { code, stdout, stderr } = await call("validate", definition("acme-eu"), "--json");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).not.to.have.any.keys("targets");
  });

  it("holds all definitions against every environment where none is named", async () => {
    allow("lake/in");
    definition("acme-eu");
    mkdirSync(join(project, "environments"), { recursive: true });
    const strict = { settings: { region: "eu-west-1", targetBuckets: [{ allow: ["other"] }] } };
    writeFileSync(join(project, "environments", "strict.json"), JSON.stringify(strict));
    writeFileSync(join(project, "environments", "broken.json"), "{");
    const { code, stdout, stderr } = await call("validate", "--json");
    expect({ code, stderr }).to.deep.equal({ code: 2, stderr: "" });
    expect(stdout).to.contain("environments/broken.json").and.to.contain("in the environment strict: targetBuckets");
    rmSync(join(project, "environments"), { recursive: true });
  });

  it("lists the servers of an environment, and refuses one that is not there", async () => {
    allow("lake/in");
    definition("acme-eu");
    mkdirSync(join(project, "environments"), { recursive: true });
    writeFileSync(join(project, "environments", "us.json"), JSON.stringify({ servers: ["*-us"] }));
    expect((await call("list")).stdout).to.contain("acme-eu");
    expect(await call("list", "--env", "us"))
      .to.include({ code: 0 })
      .and.to.have.property("stdout")
      .that.does.not.contain("acme-eu");
    const absent = await call("list", "--env", "absent");
    expect(absent).to.include({ code: 2, stdout: "" });
    expect(absent.stderr).to.contain("there is no such environment (received: absent");
    rmSync(join(project, "environments"), { recursive: true });
  });
});
