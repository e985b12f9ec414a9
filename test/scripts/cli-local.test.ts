import { existsSync, statSync } from "node:fs";
import { mkdir, open, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { type SftpServer, startSftpServer } from "../../local/sftp-server/sftp-server";
import { loadSettings } from "../../scripts/commands/settings";
import { filesBelow } from "../support/files-below";
import { tempFolder } from "../support/temp-folder";
import { callCli } from "./cli-in-process";
import { type CliProcess, type Ended, runCli, startCli, startNpm, startNpx } from "./cli-process";

const LOGIN = { SFTP_USERNAME: "u", SFTP_PASSWORD: "p" };

describe("sftp-sync local", function () {
  this.timeout(120_000);
  let remote: string;
  let server: SftpServer;
  let file: string;
  let data: string;

  beforeEach(async () => {
    remote = tempFolder();
    await mkdir(join(remote, "in"));
    await writeFile(join(remote, "in", "a.csv"), "alpha");
    server = await startSftpServer({ root: remote, username: LOGIN.SFTP_USERNAME, password: LOGIN.SFTP_PASSWORD });
    file = join(tempFolder(), "partner.yaml");
    data = join(tempFolder(), "data");
    await writeDefinition();
  });

  afterEach(() => server.close());

  async function writeDefinition(changes: object = {}): Promise<void> {
    const sync = (name: string, more: object = {}) => ({
      Name: name,
      LocalRepository: { BucketName: "lake", Prefix: name },
      RemoteFolders: { Folder: "/in", Recursive: true },
      ...more,
    });
    const definition = {
      Name: "partner",
      Url: `${server.host}:${server.port}`,
      PublicKey: server.hostPublicKeys,
      Schedule: "@hourly",
      SyncSettings: [sync("first"), sync("again", { Schedule: "on-demand" }), sync("third", { Enabled: false })],
      ...changes,
    };
    await writeFile(file, stringify(definition));
  }

  function runs({ stdout }: Ended): Record<string, unknown>[] {
    const document: { runs: Record<string, unknown>[] } = JSON.parse(stdout);
    return document.runs;
  }

  it("runs every enabled sync in the definition's order, prints one JSON document of the contract and nothing else", async () => {
    const ended = await runCli(["local", file, "--data", data, "--json"], LOGIN);
    expect(ended.code, ended.stderr).to.equal(0);
    // Whoever else may write into the folder must not choose what runs.
    expect(filesBelow(data).filter((path) => path.endsWith("index.mjs"))).to.deep.equal([]);
    const { namePrefix } = await loadSettings();
    const listResults = `${namePrefix}-list-results-000000000000-us-east-1`;
    const [first, again, ...more] = runs(ended);
    expect(more).to.deep.equal([]);
    expect(again).to.include({ sync: "again", status: "SUCCEEDED" });
    // Each run's own, not all since the command began.
    expect(again?.calls).to.include({ StartDirectoryListing: 1, StartFileTransfer: 1 });
    expect(first).to.have.property("seconds").that.is.a("number");
    expect({ ...first, seconds: 0 }).to.deep.equal({
      server: "partner",
      sync: "first",
      run: first?.run,
      status: "SUCCEEDED",
      folders: { listed: 1, failed: 0, spared: 0 },
      files: { seen: 1, transferred: 1, failed: 0, skipped: {} },
      bytes: 5,
      seconds: 0,
      calls: first?.calls,
      failures: [],
      fileLists: { lists: [join(dirname(String(first?.report)), "files-001.jsonl")] },
      listedFiles: first?.listedFiles,
      warnings: [],
      report: join(data, listResults, "runs", "partner", "first", String(first?.run), "report.json"),
    });
    expect(first).to.have.nested.property("listedFiles[0]").that.includes({ path: "/in/a.csv", size: 5 });
    expect(JSON.parse(await readFile(String(first?.report), "utf8"))).to.include({ run: first?.run, sync: "first" });
    expect(first?.calls).to.have.keys(
      "StartDirectoryListing",
      "StartFileTransfer",
      "ListFileTransferResults",
      "TargetBucketRequests",
    );
    expect(await readFile(join(data, "lake", "first", "in", "a.csv"), "utf8")).to.equal("alpha");
    expect(ended.stderr).to.match(/^partner \/ first: started, run \S+$/m);
    expect(ended.stderr).to.match(/^partner \/ first: SUCCEEDED after /m);
    const files = filesBelow(data);
    expect(files).to.include(join(data, "lake", "first", "in", "a.csv"));
    const openToOthers = [data, join(data, "lake"), ...files].filter((path) => (statSync(path).mode & 0o077) !== 0);
    expect(openToOthers).to.deep.equal([]);
  });

  it("goes on from its data: a second call moves nothing, asks the bucket nothing", async () => {
    const args = ["local", file, "--data", data, "--sync", "first", "--json"];
    await callCli(args, LOGIN);
    const [second] = runs(await callCli(args, LOGIN));
    expect(second?.files).to.deep.equal({ seen: 1, transferred: 0, failed: 0, skipped: { unchanged: 1 } });
    expect(second?.calls).to.deep.equal({
      StartDirectoryListing: 1,
      StartFileTransfer: 0,
      ListFileTransferResults: 0,
      TargetBucketRequests: 0,
    });
  });

  it("counts what a dry run would transfer, and transfers nothing", async () => {
    const [run] = runs(await callCli(["local", file, "--data", data, "--sync", "first", "--dry-run", "--json"], LOGIN));
    expect(run?.files).to.deep.equal({ seen: 1, transferred: 0, failed: 0, wouldTransfer: 1, skipped: {} });
    expect(run).to.have.nested.property("listedFiles[0]").that.includes({ path: "/in/a.csv", size: 5 });
    expect(await readdir(join(data, "lake"))).to.deep.equal([]);
  });

  it("runs on demand with a timestamp, and a disabled sync by its name", async () => {
    const args = ["local", file, "--data", data, "--sync", "third", "--from-timestamp", "99999999999", "--json"];
    const [run] = runs(await callCli(args, LOGIN));
    expect(run?.files).to.have.deep.property("skipped", { "before-from-timestamp": 1 });
  });

  it("prints a table and the report's place, and exits with 1 when one of the runs failed", async () => {
    const sync = (Name: string, Folder: string) => ({
      Name,
      LocalRepository: { BucketName: "lake", Prefix: "" },
      RemoteFolders: { Folder, Recursive: false },
    });
    await writeDefinition({ SyncSettings: [sync("gone", "/gone"), sync("there", "/in")] });
    const { code, stdout, stderr } = await callCli(["local", file, "--data", data], LOGIN);
    expect(code).to.equal(1);
    expect(stdout).to.match(/^partner \/ gone +FAILED/m);
    expect(stdout).to.match(/^partner \/ there +SUCCEEDED/m);
    expect(stdout)
      .to.include("RemoteFolderMissing: ")
      .and.to.match(/\n {2}- \/gone: /);
    expect(stdout).to.match(/\n {2}Report: \S+report\.json\n/);
    expect(stdout).to.match(
      /\nNext: mend that, then npx sftp-sync local \S+partner\.yaml --data .*, which goes on with what is left/,
    );
    expect(stderr).to.include('AWS would now send the notification "SFTP sync RemoteFolderMissing: partner / gone"');
  });

  it("fails as CredentialsMissing without credentials, and says which variable to set", async () => {
    const ended = await callCli(["local", file, "--data", data, "--sync", "first", "--json"]);
    expect(ended.code).to.equal(1);
    expect(ended.stderr).to.include("set SFTP_USERNAME");
    expect(runs(ended)[0]).to.have.nested.property("error.name", "CredentialsMissing");
  });

  it("lets nothing of the user's own AWS settings in", async () => {
    const env = { ...LOGIN, AWS_PROFILE: "nobody", AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_REGION: "mars-1" };
    const ended = await callCli(["local", file, "--data", data, "--sync", "first", "--json"], env);
    expect(ended.code, ended.stderr).to.equal(0);
  });

  it("goes on to its end when nobody reads its progress any more", async () => {
    const running = startCli(["local", file, "--data", data, "--sync", "first", "--json"], LOGIN);
    running.close("stderr");
    const ended = await running.ended;
    expect(ended.code).to.equal(0);
    expect(runs(ended)[0]).to.include({ status: "SUCCEEDED" });
  });

  it("keeps no other process while it runs", async function () {
    if (!existsSync("/proc/self/task")) {
      this.skip(); // Only Linux tells.
    }
    const running = startCli(["local", file, "--data", data, "--sync", "first", "--json"], LOGIN);
    await running.stderrHas("started");
    const children = await readFile(`/proc/${running.pid}/task/${running.pid}/children`, "utf8");
    const pids = children.match(/\d+/g) ?? [];
    const commands = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""));
    // One that has ended and is not yet collected has none.
    expect((await Promise.all(commands)).join("")).to.equal("");
    expect((await running.ended).code).to.equal(0);
  });

  it("works in two directories at the same time", async () => {
    const call = (folder: string) => runCli(["local", file, "--data", folder, "--sync", "first", "--json"], LOGIN);
    const ended = await Promise.all([call(data), call(`${data}-2`)]);
    expect(ended.map(({ code }) => code)).to.deep.equal([0, 0]);
    expect(await readFile(join(`${data}-2`, "lake", "first", "in", "a.csv"), "utf8")).to.equal("alpha");
  });

  it("ends cleanly at SIGINT in the middle of a file, and the next call goes on", async () => {
    const large = await open(join(remote, "in", "large.bin"), "w");
    await large.truncate(20_000_000_000);
    await large.close();
    await interrupt("1 file transferred", (command) => command.kill("SIGINT"));
    await writeFile(join(remote, "in", "large.bin"), "small after all");
    const ended = await callCli(["local", file, "--data", data, "--sync", "first", "--json"], LOGIN);
    expect(ended.code, ended.stderr).to.equal(0);
    expect(await readFile(join(data, "lake", "first", "in", "large.bin"), "utf8")).to.equal("small after all");
  });

  it("ends cleanly at SIGTERM at its beginning, and the next call does everything", async () => {
    await interrupt("started", (command) => command.kill("SIGTERM"));
    const [run] = runs(await callCli(["local", file, "--data", data, "--sync", "first", "--json"], LOGIN));
    expect(run).to.deep.include({ status: "SUCCEEDED", folders: { listed: 1, failed: 0, spared: 0 } });
    expect(await readFile(join(data, "lake", "first", "in", "a.csv"), "utf8")).to.equal("alpha");
  });

  for (const [how, start] of [
    ["npm run", startNpm],
    ["npx", startNpx],
  ] as const) {
    it(`ends with ${how} at Ctrl-C`, () => interrupt("started", (command) => command.killAll("SIGINT"), start));
    it(`ends when ${how} alone gets SIGTERM`, () => interrupt("started", (command) => command.kill("SIGTERM"), start));
  }

  async function interrupt(when: string, signal: (command: CliProcess) => void, start = startCli): Promise<void> {
    const interrupted = start(["local", file, "--data", data, "--sync", "first", "--json"], LOGIN);
    await interrupted.stderrHas(when);
    signal(interrupted);
    // All that has its output has ended then. npm ends itself by the signal.
    const { code, stdout, stderr } = await interrupted.ended;
    expect({ code, stdout }).to.deep.equal({ code: start === startCli ? 130 : null, stdout: "" });
    expect(stderr).to.match(/interrupted; run the same command again to go on\n$/);
    expect(existsSync(join(data, ".sftp-sync", "lock"))).to.equal(false);
    expect(await readdir(join(data, ".sftp-sync", "uploads"))).to.deep.equal([]);
  }
});
