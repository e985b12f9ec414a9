import { execFileSync } from "node:child_process";
import { mkdirSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { SSHD_TITLE, type Sshd, startSshd } from "../../bench/servers/sshd";
import { runLocal } from "../../scripts/commands/local";
import { type Found, type Preview, type PreviewOptions, preview } from "../../scripts/commands/preview/preview-command";
import { previewText } from "../../scripts/commands/preview/preview-text";
import { errorOf } from "../support/errors";
import { filesBelow } from "../support/files-below";
import { tempFolder } from "../support/temp-folder";
import { callCli } from "./cli-in-process";

const GIB = 1024 ** 3;

const YEAR_AGO = new Date(Date.now() - 365 * 86_400_000);

/** A file of so many bytes without their room on the disk. */
function put(folder: string, path: string, bytes: number, modified = YEAR_AGO): void {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, "");
  truncateSync(file, bytes);
  utimesSync(file, modified, modified);
}

describe(`sftp-sync preview, with ${SSHD_TITLE}`, function () {
  this.timeout(120_000);
  let sshd: Sshd;
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(async function () {
    const started = await startSshd();
    if (started === undefined) {
      this.skip();
    }
    sshd = started;
    env = { ...process.env, SFTP_USERNAME: sshd.username, SFTP_PRIVATE_KEY_FILE: sshd.privateKeyFile };
    folder = join(tempFolder(), "in");
    for (let number = 1; number <= 23; number += 1) {
      put(folder, `orders/2026/o${number}.csv`, number * 1000);
    }
    put(folder, "orders/2026/draft.tmp", 5);
    put(folder, "orders/readme.md", 70);
    put(folder, "logs/a/one.log", 10);
    put(folder, "logs/a/deep/two.log", 10);
    put(folder, "logs/b/three.log", 10);
    put(folder, "empty/.keep", 0);
    put(folder, "new.csv", 11, new Date());
    put(folder, "huge.csv", 151 * GIB);
    put(folder, "odd\nname.csv", 12);
    execFileSync("mkfifo", [join(folder, "pipe.csv")]);
  });

  after(() => sshd?.close());

  function definition(...syncs: readonly object[]): string {
    const file = join(tempFolder(), "partner.yaml");
    const server = {
      Name: "partner",
      Url: `127.0.0.1:${sshd.port}`,
      PublicKey: sshd.hostPublicKeys,
      Schedule: "@daily",
      SyncSettings: syncs,
    };
    writeFileSync(file, stringify(server));
    return file;
  }

  const sync = (Name: string, remoteFolders: object, more: object = {}) => ({
    Name,
    LocalRepository: { BucketName: "lake", Prefix: Name },
    RemoteFolders: { Folder: folder, Recursive: true, ...remoteFolders },
    ...more,
  });

  function found({ syncs }: Preview, name: string): Found {
    const one = syncs.find((other) => other.sync === name);
    if (one?.found === undefined) {
      throw new Error(JSON.stringify(syncs));
    }
    return one.found;
  }

  const reasons = ({ skipped }: Found) =>
    Object.fromEntries(
      skipped.map(({ reason, count, examples }) => [
        reason,
        { count, examples: examples.map((path) => path.replace(`${folder}/`, "")) },
      ]),
    );

  describe("on an empty target", () => {
    let result: Preview;
    let code: number | null;

    // All of it in one call: each starts the functions afresh.
    before(async () => {
      const file = definition(
        sync(
          "orders",
          { Include: ["**/*.csv", "**/*.log"], Exclude: ["**/*3.csv", "logs/b/*.log"] },
          { MinimumAgeSeconds: 3600 },
        ),
        sync("listed", { Include: ["**/*.csv"] }),
        sync("spared", { Include: ["orders/**/*.csv"] }),
        sync("missing", { Folder: "/no/such" }),
      );
      const { SFTP_USERNAME, SFTP_PRIVATE_KEY_FILE } = env;
      const ended = await callCli(["preview", file, "--empty", "--json"], { SFTP_USERNAME, SFTP_PRIVATE_KEY_FILE });
      code = ended.code;
      result = JSON.parse(ended.stdout);
    });

    it("says what would be copied, for how much, and the largest", () => {
      const one = found(result, "orders");
      expect(result).to.deep.include({
        version: 1,
        against: { kind: "empty", words: "an empty target, as --empty says" },
      });
      // o1 to o23 without o3, o13 and o23, and two logs.
      expect(one.files).to.equal(20 + 2);
      const bytes = 23 * 24 * 500 - 3000 - 13_000 - 23_000 + 20;
      expect(one.bytes).to.equal(bytes);
      expect(one.largest).to.have.lengthOf(10);
      expect(one.largest[0]).to.deep.equal({ path: `${folder}/orders/2026/o22.csv`, bytes: 22_000 });
      // 20 files of one folder, and one file each of two.
      expect(one.run.counts).to.include({ listings: 8, transfers: 4 });
      expect(one.run.amounts.connectorGibibytes).to.equal(bytes / GIB);
      expect(one.time.least).to.be.closeTo(8 / 3, 1e-9);
      expect(previewText(result)).to.match(/^ +22\.0 kB +.*o22\.csv$/m);
    });

    it("names each reason with its examples, and which glob has left out what", () => {
      const one = found(result, "orders");
      expect(reasons(one)).to.deep.include({
        settling: { count: 1, examples: ["new.csv"] },
        "too-large": { count: 1, examples: ["huge.csv"] },
        "unsupported-name": { count: 1, examples: ["odd\nname.csv"] },
        "not-a-file": { count: 1, examples: ["pipe.csv"] },
      });
      expect(previewText(result)).to.match(/ unsupported-name +\S*odd\\u000aname\.csv$/m);
      expect(reasons(one).excluded?.count).to.equal(3 + 1 + 3);
      expect(reasons(one).excluded?.examples).to.have.lengthOf(3);
      expect(one.globs.include).to.deep.equal([
        { glob: "**/*.csv", takes: 26 },
        { glob: "**/*.log", takes: 3 },
      ]);
      expect(one.globs.exclude.map(({ glob, leavesOut }) => [glob, leavesOut])).to.deep.equal([
        ["**/*3.csv", 3],
        ["logs/b/*.log", 1],
      ]);
      expect(one.globs.notIncluded.count).to.equal(3);
      expect(previewText(result))
        .to.contain('Exclude "**/*3.csv" leaves out 3, such as')
        .and.to.contain("No glob of Include takes 3");
    });

    it("names the files that would be skipped, and what the largest table leaves out only with --all", () => {
      const one = found(result, "orders");
      const named = one.skippedFiles.map(({ path, reason }) => `${path.replace(`${folder}/`, "")} ${reason}`);
      expect(named).to.have.lengthOf(3 + 1 + 3 + 4);
      expect(named).to.include.members(["huge.csv too-large", "logs/b/three.log excluded", "new.csv settling"]);
      expect(one.copiedFiles).to.have.lengthOf(22);
      const text = previewText(result);
      expect(text).to.match(
        /Would be skipped:\n(.*\n)* +settling, younger than MinimumAgeSeconds:\n +- .*\/new\.csv \(11 B\)\n/,
      );
      expect(text).not.to.include("Would be transferred:");
      expect(previewText(result, { all: true })).to.match(/Would be transferred:\n +\+ .*\n/);
    });

    it("tells folders that Include has listed for nothing, the topmost as examples", () => {
      // logs, logs/a, logs/a/deep, logs/b and empty.
      const examples = [`${folder}/empty`, `${folder}/logs`];
      expect(found(result, "listed").listedForNothing).to.deep.equal({ count: 5, examples });
      const spared = found(result, "spared");
      expect(spared.listedForNothing.count).to.equal(0);
      expect(spared.folders).to.include({ listed: 3, spared: 2 });
    });

    it("says why a run would fail, and ends with 1", () => {
      const missing = result.syncs.find(({ sync: name }) => name === "missing");
      expect(missing).to.have.nested.property("error.name", "RemoteFolderMissing");
      expect(missing).to.have.property("whatToDo").that.is.a("string");
      expect(code).to.equal(1);
    });
  });

  it("holds the server against a data directory of local, and leaves that as it is", async () => {
    const data = join(tempFolder(), "data");
    const own = join(tempFolder(), "own");
    put(own, "a/o1.csv", 10);
    put(own, "a/o2.csv", 20);
    put(own, "b/o3.csv", 30);
    const file = definition(sync("orders", { Folder: own }));
    await runLocal({ definition: file, data, env });
    put(own, "a/o2.csv", 77, new Date(YEAR_AGO.getTime() + 5000));
    const before = filesBelow(data);
    const again = found(await preview({ definition: file, env, data, all: true }), "orders");
    expect(again).to.include({ files: 1, bytes: 77 });
    const [unchanged, ...others] = again.skipped;
    expect(others).to.deep.equal([]);
    expect(unchanged).to.include({ reason: "unchanged", count: 2 });
    expect(again.skippedFiles.map(({ reason }) => reason)).to.deep.equal(["unchanged", "unchanged"]);
    expect(unchanged?.examples).to.have.members([`${own}/a/o1.csv`, `${own}/b/o3.csv`]);
    expect(filesBelow(data)).to.deep.equal(before);
  });

  it("refuses a data directory that is not there, and a sync", async () => {
    const file = definition(sync("orders", {}));
    const at = (options: Partial<PreviewOptions>) => errorOf(preview({ definition: file, env, ...options }));
    expect((await at({ data: "/no/such" })).message).to.match(/no data directory/);
    expect((await at({ empty: true, sync: "prices" })).message).to.match(/no sync "prices" .*orders/);
  });
});
