import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync } from "node:fs";
import { mkdir, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { type SftpServer, startSftpServer } from "../../local/sftp-server/sftp-server";
import { noMounts, readOnlyView, smallFileSystem, unmountAll } from "../support/mounts";
import { tempFolder } from "../support/temp-folder";
import { callCli } from "./cli-in-process";
import { type Ended, startCli } from "./cli-process";

const LOGIN = { SFTP_USERNAME: "u", SFTP_PASSWORD: "p" };

interface Document {
  readonly runs: readonly object[];
  readonly error: { readonly name: string; readonly message: string; readonly folder: string; readonly code: string };
}

describe("sftp-sync local, where its storage fails", function () {
  this.timeout(300_000);
  let server: SftpServer;
  let file: string;

  before(async () => {
    const remote = tempFolder();
    await mkdir(join(remote, "in"));
    await writeFile(join(remote, "in", "a.csv"), "alpha");
    // Keeps a run at work until something ends it.
    const large = await open(join(remote, "in", "large.bin"), "w");
    await large.truncate(20_000_000_000);
    await large.close();
    server = await startSftpServer({ root: remote, username: LOGIN.SFTP_USERNAME, password: LOGIN.SFTP_PASSWORD });
    file = join(tempFolder(), "partner.yaml");
    const sync = {
      Name: "in",
      LocalRepository: { BucketName: "lake", Prefix: "" },
      RemoteFolders: { Folder: "/in", Recursive: false },
    };
    const url = `${server.host}:${server.port}`;
    const definition = { Name: "partner", Url: url, PublicKey: server.hostPublicKeys, Schedule: "@hourly" };
    await writeFile(file, stringify({ ...definition, SyncSettings: [sync] }));
  });

  after(() => server.close());
  afterEach(unmountAll);

  const args = (data: string, ...more: string[]) => ["local", file, "--data", data, ...more];

  /** Exit code 1, a document that says where, what and what to do, and the same in words. */
  function expectFailure({ code, stdout, stderr }: Ended, data: string, expected: string): void {
    expect(code, stderr).to.equal(1);
    const { runs, error }: Document = JSON.parse(stdout);
    expect(runs).to.deep.equal([]);
    expect(error).to.include({ name: "StorageFailure", folder: data, code: expected });
    expect(error).to.have.property("next").that.includes("--data DIR");
    expect(stderr).to.include(`${error.message}\nNext: `).and.not.include("    at ");
  }

  describe("on a file system of its own", () => {
    before(function () {
      if (noMounts() !== undefined) {
        this.skip();
      }
    });

    it("says that it is full", async () => {
      const data = join(smallFileSystem("64k"), "data");
      expectFailure(await callCli(args(data, "--json"), LOGIN), data, "ENOSPC");
    });

    it("says that it is read-only, and says it in words without --json", async () => {
      const view = readOnlyView(tempFolder());
      const data = join(view, "data");
      expectFailure(await callCli(args(data, "--json"), LOGIN), data, "EROFS");
      const { code, stdout, stderr } = await callCli(args(data), LOGIN);
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "No run has ended.\n" });
      expect(stderr).to.include(
        `Cannot write to the data directory ${data}: the file system is read-only (EROFS)\nNext: `,
      );
    });

    it("says that it became full while a run was at work", async () => {
      const folder = smallFileSystem("128m");
      const data = join(folder, "data");
      const running = startCli(args(data, "--json"), LOGIN);
      await running.stderrHas("started");
      fill(join(folder, "filler"));
      expectFailure(await running.ended, data, "ENOSPC");
    });
  });

  it("says that the directory is gone that it was at work in", async () => {
    const data = join(tempFolder(), "data");
    const running = startCli(args(data, "--json"), LOGIN);
    await running.stderrHas("started");
    await rm(data, { recursive: true, force: true });
    expectFailure(await running.ended, data, "ENOENT");
  });

  it("says that a file is where its own folder should be", async () => {
    const data = tempFolder();
    await writeFile(join(data, ".sftp-sync"), "");
    expectFailure(await callCli(args(data, "--json"), LOGIN), data, "EEXIST");
  });

  it("says that a folder is where its lock should be", async () => {
    const data = tempFolder();
    await mkdir(join(data, ".sftp-sync", "lock"), { recursive: true });
    expectFailure(await callCli(args(data, "--json"), LOGIN), data, "EISDIR");
  });

  it("says that the result cannot be written", function () {
    if (!existsSync("/dev/full")) {
      this.skip(); // Only Linux has it.
    }
    const cli = `${process.execPath} scripts/sftp-sync.mjs`;
    const ended = spawnSync("sh", ["-c", `${cli} validate servers/example.yaml --json >/dev/full`], {
      encoding: "utf8",
    });
    expect(ended.stderr).to.include("Cannot write the result: ENOSPC");
    expect(ended.status).to.equal(1);
  });
});

/** Writes until nothing more can be written. */
function fill(path: string): void {
  for (const size of [1_000_000, 1_000]) {
    try {
      for (;;) {
        appendFileSync(path, Buffer.alloc(size));
      }
    } catch {
      // Full, for pieces of this size.
    }
  }
}
