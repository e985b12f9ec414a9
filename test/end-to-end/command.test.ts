import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { z } from "zod";
import { REMOTE_SERVERS, type RemoteServer } from "./remote-servers";
import { BUCKET, World } from "./world";

const ROOT = join(__dirname, "..", "..");

/** The document that `--json` promises to programs. */
const documentSchema = z.object({
  runs: z.array(
    z.object({
      server: z.string(),
      sync: z.string(),
      status: z.enum(["SUCCEEDED", "FAILED", "SKIPPED"]),
      error: z.object({ name: z.string(), message: z.string() }).optional(),
      folders: z.object({ listed: z.int(), failed: z.int() }),
      files: z.object({
        seen: z.int(),
        transferred: z.int(),
        failed: z.int(),
        skipped: z.record(z.string(), z.int()),
        wouldTransfer: z.int().optional(),
      }),
      bytes: z.int(),
      seconds: z.number(),
      calls: z.object({
        StartDirectoryListing: z.int(),
        StartFileTransfer: z.int(),
        ListFileTransferResults: z.int(),
        TargetBucketRequests: z.int(),
      }),
      failures: z.array(z.object({ path: z.string(), reason: z.string() })),
    }),
  ),
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/cli.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, INIT_CWD: ROOT, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const ended = once(child, "close").then((): Ended => ({ code: child.exitCode, ...output }));
  return { child, output, ended };
}

describe("the command sftp-sync local", function () {
  this.timeout(90_000);
  let remote: RemoteServer;
  let world: World;
  let definition: string;

  const credentials = () => ({
    SFTP_USERNAME: remote.credentials.username,
    SFTP_PASSWORD: remote.credentials.password ?? "",
  });
  const run = (args: readonly string[] = [], env: Record<string, string> = credentials()) =>
    start(["local", definition, "--data", world.data, ...args], env).ended;
  const runsOf = ({ stdout }: Ended) => documentSchema.parse(JSON.parse(stdout)).runs;

  beforeEach(async () => {
    const [embedded] = REMOTE_SERVERS;
    if (embedded === undefined) {
      throw new Error("there is no SFTP server to start");
    }
    remote = await embedded.start();
    world = await World.create(remote);
    await world.put("in/a.csv", "alpha");
    definition = await world.writeDefinition();
  });
  afterEach(async () => {
    await world.close();
    await remote.close();
  });

  it("prints one JSON document and nothing else, and is incremental", async () => {
    const first = await run(["--json"]);
    expect(first.code).to.equal(0);
    const [run1] = runsOf(first);
    expect(run1?.files).to.deep.equal({ seen: 1, transferred: 1, failed: 0, skipped: {} });
    expect(await world.object("in/a.csv")).to.equal("alpha");
    const second = await run(["--json"]);
    const [run2] = runsOf(second);
    expect(run2?.files).to.deep.equal({ seen: 1, transferred: 0, failed: 0, skipped: { unchanged: 1 } });
    expect(run2?.calls.TargetBucketRequests).to.equal(0);
  });

  it("prints a table for people, and its progress beside it", async () => {
    const { code, stdout, stderr } = await run();
    expect(code).to.equal(0);
    expect(stdout).to.contain("partner / in").and.contain("SUCCEEDED");
    expect(stderr).to.not.equal("");
  });

  it("counts what it would transfer in a dry run", async () => {
    const [dry] = runsOf(await run(["--json", "--dry-run"]));
    expect(dry?.files).to.include({ transferred: 0, wouldTransfer: 1 });
    expect(await world.hasObject("in/a.csv")).to.equal(false);
  });

  it("brings back what was deleted from S3 with --from-timestamp 0", async () => {
    await run();
    await world.removeObject("in/a.csv");
    const [onDemand] = runsOf(await run(["--json", "--from-timestamp", "0"]));
    expect(onDemand?.files).to.include({ transferred: 1 });
  });

  it("ends with 1 when a run failed, and says what to do", async () => {
    const failed = await run(["--json"], { ...credentials(), SFTP_PASSWORD: "wrong" });
    expect(failed.code).to.equal(1);
    const [run1] = runsOf(failed);
    expect(run1).to.deep.include({ status: "FAILED", folders: { listed: 0, failed: 1 } });
    expect(run1?.error?.name).to.equal("ListingFailed");
  });

  it("runs the syncs in the definition's order, or the one that is named", async () => {
    const sync = (name: string) => ({
      Name: name,
      LocalRepository: { BucketName: BUCKET, Prefix: name },
      RemoteFolders: { Folder: "/in", Recursive: true },
    });
    definition = await world.writeDefinition({ server: { SyncSettings: [sync("two"), sync("one")] } });
    expect(runsOf(await run(["--json"])).map((one) => one.sync)).to.deep.equal(["two", "one"]);
    expect(runsOf(await run(["--json", "--sync", "one"])).map((one) => one.sync)).to.deep.equal(["one"]);
  });

  for (const [name, args] of [
    ["an unknown sync", ["--sync", "nope"]],
    ["an unknown option", ["--nope"]],
    ["a time that is none", ["--from-timestamp", "yesterday"]],
  ] as const) {
    it(`ends with 2 and no stack trace on ${name}`, async () => {
      const { code, stdout, stderr } = await run(args);
      expect(code).to.equal(2);
      expect(stdout).to.equal("");
      expect(stderr)
        .to.contain(args[1] ?? args[0])
        .and.not.match(/^\s+at /m);
    });
  }

  it("ends with 2 on a wrong definition, naming file, line, column, value and what is allowed", async () => {
    definition = await world.writeDefinition({ server: { Schedule: "@weekly" } });
    const { code, stderr } = await run();
    expect(code).to.equal(2);
    expect(stderr).to.match(/partner\.yaml:\d+:\d+ Schedule: .*received: "?@weekly"?; allowed: @sunday/);
    expect(stderr).to.not.match(/^\s+at /m);
  });

  it("ends with 2 on a data folder that cannot be used, and writes nothing", async () => {
    await writeFile(world.data, "a file in the way");
    const { code, stderr } = await run();
    expect(code).to.equal(2);
    expect(stderr)
      .to.contain(world.data)
      .and.not.match(/^\s+at /m);
  });

  it("ends cleanly on Ctrl-C, and the next call goes on", async () => {
    for (let index = 0; index < 300; index += 1) {
      await world.put(`in/many/${index}.dat`, String(index));
    }
    const { child, output, ended } = start(["local", definition, "--data", world.data], credentials());
    await new Promise<void>((resolve) => {
      child.stderr.on("data", () => /started|listed|transferred|partner/i.test(output.stderr) && resolve());
      child.once("close", () => resolve());
    });
    child.kill("SIGINT");
    const interrupted = await ended;
    expect(interrupted.code).to.equal(130);
    expect(interrupted.stderr).to.not.match(/^\s+at /m);
    const next = await run(["--json"]);
    expect(next.code).to.equal(0);
    const copied = await readdir(join(world.objectFile("in"), "many"));
    expect(copied).to.have.length(300);
    const [third] = runsOf(await run(["--json"]));
    expect(third?.files.skipped).to.deep.equal({ unchanged: 301 });
  });
});
