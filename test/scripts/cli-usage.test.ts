import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { takeLease } from "../../local/locking/lease";
import { tempFolder } from "../support/temp-folder";
import { callCli } from "./cli-in-process";
import { runCli, startCli } from "./cli-process";

const HOST_KEY =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIwHZ5LhdpgIrQEWUDf0w8PMC2bORylJzDV/ixOB0dk2W0bPB2jU0Db5fgUcBTyCCnECgwq/f+63x5elRsaEbTw=";

async function definitionFile(changes: object = {}): Promise<string> {
  const file = join(tempFolder(), "partner.yaml");
  const definition = {
    Name: "partner",
    Url: "127.0.0.1:1",
    PublicKey: [HOST_KEY],
    Schedule: "@hourly",
    SyncSettings: [
      {
        Name: "in",
        LocalRepository: { BucketName: "lake", Prefix: "" },
        RemoteFolders: { Folder: "/in", Recursive: false },
      },
    ],
    ...changes,
  };
  await writeFile(file, stringify(definition));
  return file;
}

describe("sftp-sync, used wrongly", function () {
  this.timeout(60_000);

  const usage: [what: string, args: string[], message: RegExp][] = [
    ["an unknown command", ["lokal"], /unknown command 'lokal'\n\(Did you mean local\?\)/],
    ["no definition", ["local"], /missing required argument 'definition'/],
    ["an unknown option", ["local", "x.yaml", "--dry-rn"], /unknown option '--dry-rn'\n\(Did you mean --dry-run\?\)/],
    ["a timestamp in milliseconds", ["local", "x.yaml", "--from-timestamp", "1700000000000"], /not milliseconds/],
    ["a timestamp that is no number", ["local", "x.yaml", "--from-timestamp", "yesterday"], /UTC seconds since 1970/],
    ["a timestamp with a fraction", ["local", "x.yaml", "--from-timestamp", "1700000000.5"], /UTC seconds since 1970/],
    [
      "a timestamp that is no decimal number",
      ["local", "x.yaml", "--from-timestamp", "0x10"],
      /UTC seconds since 1970/,
    ],
    [
      "two modes at once",
      ["local", "x.yaml", "--compare", "--from-timestamp", "0"],
      /option '--compare' cannot be used with option '--from-timestamp <seconds>'/,
    ],
    ["a data directory without a name", ["local", "x.yaml", "--data", ""], /Allowed: a folder/],
    ["a definition that is not there", ["local", "nowhere.yaml"], /nowhere\.yaml: cannot be read: no such file/],
  ];
  for (const [what, args, message] of usage) {
    it(`exits with 2 and says so: ${what}`, async () => {
      const { code, stdout, stderr } = await callCli(args);
      expect(stderr).to.match(message);
      expect(stderr).to.match(/\nNext: .*npx sftp-sync /);
      expect(stderr).not.to.match(/^ +at /m);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
    });
  }

  it("says the same in JSON where that was asked for", async () => {
    const { code, stdout, stderr } = await runCli(["local", "nowhere.yaml", "--json"]);
    expect(code).to.equal(2);
    const { version, error } = JSON.parse(stdout);
    expect(version).to.equal(1);
    expect(stderr).to.equal(`${error.message}\nNext: ${error.next}\n`);
  });

  it("leads to the options of the command that was called", async () => {
    const { stderr } = await callCli(["local", "x.yaml", "--dry-rn"]);
    expect(stderr).to.match(/\nNext: npx sftp-sync local --help\n$/);
  });

  it("reports every problem of a definition at once, with its place, and makes nothing", async () => {
    const file = await definitionFile({ Url: undefined, Shedule: "@daily", Schedule: "never" });
    const data = join(tempFolder(), "data");
    const { code, stderr } = await callCli(["local", file, "--data", data, "--json"]);
    expect(code).to.equal(2);
    expect(stderr).to.match(/partner\.yaml:\d+:\d+ Url: is missing/);
    expect(stderr).to.match(/partner\.yaml:\d+:\d+ Schedule: /);
    expect(stderr).to.include("did you mean Schedule?");
    expect(existsSync(data)).to.equal(false);
  });

  it("names the syncs there are", async () => {
    const { code, stderr } = await callCli(["local", await definitionFile(), "--sync", "on"]);
    expect(code).to.equal(2);
    expect(stderr).to.include('has no sync "on" (allowed: in)');
  });

  it("refuses a data directory that is a file", async () => {
    const data = join(tempFolder(), "file");
    await writeFile(data, "");
    const { code, stderr } = await callCli(["local", await definitionFile(), "--data", data]);
    expect(code).to.equal(2);
    expect(stderr).to.include(`Cannot write to the data directory ${data}: a file is in the way, or a link`);
  });

  it("refuses a data directory whose name is too long, and says which would do", async () => {
    const data = join(tempFolder(), "x".repeat(300));
    const { code, stderr } = await callCli(["local", await definitionFile(), "--data", data]);
    expect(code).to.equal(2);
    expect(stderr).to.include(`${data} cannot be made there (ENAMETOOLONG)\nNext: name a folder that is`);
  });

  it("refuses a data directory that is a link to nowhere", async () => {
    const data = join(tempFolder(), "link");
    await symlink("nowhere", data);
    const { code, stderr } = await callCli(["local", await definitionFile(), "--data", data]);
    expect(code).to.equal(2);
    expect(stderr).to.include(`Cannot write to the data directory ${data}: a file is in the way, or a link`);
  });

  it("finds a private key from where npm was called", async () => {
    const here = tempFolder();
    const env = {
      SFTP_USERNAME: "u",
      SFTP_PRIVATE_KEY_FILE: "key",
      npm_lifecycle_event: "sftp-sync",
      INIT_CWD: here,
    };
    const { stderr } = await callCli(["local", await definitionFile(), "--data", tempFolder()], env);
    expect(stderr).to.include(`SFTP_PRIVATE_KEY_FILE cannot be read: ${join(here, "key")} (ENOENT)`);
  });

  it("refuses a private key that cannot be read", async () => {
    const env = { SFTP_USERNAME: "u", SFTP_PRIVATE_KEY_FILE: "/nowhere/key" };
    const { code, stderr } = await callCli(["local", await definitionFile(), "--data", tempFolder()], env);
    expect(code).to.equal(2);
    expect(stderr).to.include("SFTP_PRIVATE_KEY_FILE cannot be read: /nowhere/key (ENOENT)");
  });

  it("refuses a data directory that another process works with", async () => {
    const data = tempFolder();
    await mkdir(join(data, ".sftp-sync"));
    const lease = await takeLease(join(data, ".sftp-sync", "lock"), data);
    const { code, stderr } = await callCli(["local", await definitionFile(), "--data", data]);
    await lease.release();
    expect(code).to.equal(2);
    expect(stderr).to.include(`is in use by process ${process.pid}\nNext: wait for it`);
  });

  it("shows help with an example", async () => {
    const { code, stdout } = await callCli(["local", "--help"]);
    expect(code).to.equal(0);
    expect(stdout).to.include("Examples:\n").and.to.include("SFTP_USERNAME");
  });
});

describe("sftp-sync validate", function () {
  this.timeout(60_000);

  it("accepts a good definition", async () => {
    const file = await definitionFile();
    const { code, stdout, stderr } = await callCli(["validate", file]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.equal(`1 valid definition. Next: npx sftp-sync local ${file}\n`);
  });

  it("names the same files again where one is not valid", async () => {
    const file = await definitionFile({ Enabled: "perhaps" });
    const { code, stdout } = await callCli(["validate", file]);
    expect(code).to.equal(2);
    expect(stdout).to.equal(`Not valid. Next: correct it, then npx sftp-sync validate ${file}\n`);
  });

  it("does not mind that nobody reads what it prints", async () => {
    const validating = startCli(["validate", await definitionFile()]);
    validating.close("stdout");
    expect(await validating.ended).to.deep.equal({ code: 0, stdout: "", stderr: "" });
  });

  it("gives problems as JSON, and exits with 2", async () => {
    const file = await definitionFile({ Enabled: "perhaps" });
    const { code, stdout } = await callCli(["validate", file, "--json"]);
    expect(code).to.equal(2);
    expect(JSON.parse(stdout)).to.deep.include({ valid: false, servers: [] });
    expect(JSON.parse(stdout)).to.have.nested.property("problems[0].path", "Enabled");
  });

  it("finds files from where npm was called", async () => {
    const file = await definitionFile();
    const env = { npm_lifecycle_event: "sftp-sync", INIT_CWD: join(file, "..") };
    const { code } = await callCli(["validate", "partner.yaml"], env);
    expect(code).to.equal(0);
  });
});
