import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { loadDefinitionFiles } from "../../config/load-definitions";
import { formatProblem } from "../../config/problems/problem";
import { holdAgainst, listedPaths } from "../../scripts/commands/against";
import { againstText } from "../../scripts/commands/against-text";
import { listingText } from "../../scripts/commands/listing-text";
import { errorOf } from "../support/errors";
import { tempFolder } from "../support/temp-folder";
import { callCli } from "./cli-in-process";

const HOST_KEY =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIwHZ5LhdpgIrQEWUDf0w8PMC2bORylJzDV/ixOB0dk2W0bPB2jU0Db5fgUcBTyCCnECgwq/f+63x5elRsaEbTw=";

/** A definition whose one sync has these folders. */
function definitionFile(RemoteFolders: object): string {
  const file = join(tempFolder(), "partner.yaml");
  const sync = { Name: "in", LocalRepository: { BucketName: "lake", Prefix: "" }, RemoteFolders };
  const Url = "sftp.example.com";
  writeFileSync(
    file,
    stringify({ Name: "partner", Url, PublicKey: [HOST_KEY], Schedule: "@daily", SyncSettings: [sync] }),
  );
  return file;
}

async function against(remoteFolders: object, paths: readonly string[]) {
  const { definitions, problems } = await loadDefinitionFiles([definitionFile(remoteFolders)]);
  const [held] = holdAgainst(definitions, paths);
  if (held === undefined) {
    throw new Error(problems.map(formatProblem).join("\n"));
  }
  return held;
}

describe("paths held against a definition", () => {
  it("are taken or left out, each with its reason, and counted for each glob", async () => {
    const held = await against(
      { Folder: "/in", Recursive: true, MaxDepth: 1, Include: ["**/*.csv", "*.txt"], Exclude: ["tmp/**", "**/a*"] },
      ["b.csv", "./sub/b.csv", "/in/a.csv", "tmp/a.csv", "b.txt", "sub/b.txt", "sub/deep/b.csv", "/inbox/b.csv"],
    );
    expect(held).to.deep.equal({
      server: "partner",
      sync: "in",
      taken: ["b.csv", "./sub/b.csv", "b.txt"],
      leftOut: [
        { path: "/in/a.csv", reason: "exclude", globs: ["**/a*"] },
        { path: "tmp/a.csv", reason: "exclude", globs: ["tmp/**", "**/a*"] },
        { path: "sub/b.txt", reason: "include" },
        { path: "sub/deep/b.csv", reason: "depth" },
        { path: "/inbox/b.csv", reason: "elsewhere" },
      ],
      include: [
        { glob: "**/*.csv", matches: 5 },
        { glob: "*.txt", matches: 1 },
      ],
      exclude: [
        { glob: "tmp/**", matches: 1 },
        { glob: "**/a*", matches: 2 },
      ],
    });
  });

  it("take digits for the date tags of Folder, and its other signs as they are", async () => {
    const paths = ["/in (x)/2026/02/a", "/in (x)/2026/2/a", "/in x/2026/02/a", "b"];
    const { taken } = await against({ Folder: "/in (x)/%year%/%month%", Recursive: false }, paths);
    expect(taken).to.deep.equal(["/in (x)/2026/02/a", "b"]);
  });

  it("lie in the server's root where that is Folder", async () => {
    expect((await against({ Folder: "/", Recursive: true }, ["/a", "/b/c"])).taken).to.deep.equal(["/a", "/b/c"]);
  });

  it("are shown up to a number, and how many there are", async () => {
    const paths = Array.from({ length: 30 }, (_, index) => `${index}.csv`);
    const text = againstText([await against({ Folder: "/in", Recursive: false }, [...paths, "x/y.csv"])]);
    expect(text).to.match(/^partner \/ in: takes 30 of 31 paths\n {2}takes 0\.csv\n/);
    expect(text).to.contain("\n  takes 10 more; --json names them all\n");
    expect(text).to.match(/\n {2}leaves x\/y\.csv {2}\(deeper than Recursive and MaxDepth go\)$/);
  });

  it("are the lines of a list, but for empty ones and folders", () => {
    expect(listedPaths("\uFEFFa b.csv\r\n\nsub/\n sub/x \n")).to.deep.equal(["a b.csv", " sub/x "]);
  });
});

describe("a list of paths", () => {
  const others: [string, string | Buffer, string][] = [
    ["ls -l", "total 4\n-rw-r--r-- 1 me us 120 Nov 30 12:44 a.csv\n", "line 2 looks like the output of ls -l"],
    ["ls -R", ".:\na.csv\n\n./sub:\nb.csv\n", "line 1 looks like the output of ls -R"],
    ["find -ls", "  263 4 -rw-r--r-- 1 me us 120 Nov 30 12:44 ./a.csv\n", "line 1 looks like the output of find -ls"],
    ["aws s3 ls", "2026-11-30 12:44:43        120 a.csv\n", "line 1 looks like the output of aws s3 ls"],
    ["rclone lsl", "      120 2026-11-30 12:44:43.000000000 a.csv\n", "line 1 looks like the output of rclone lsl"],
    ["rclone lsjson", '[\n{"Path":"a.csv"}\n]\n', "line 1 looks like the output of a program that prints JSON"],
    ["find -print0", "a.csv\0b.csv\0", "it has NUL bytes"],
    ["Latin-1", Buffer.from([0x61, 0xe9, 0x0a]), "it is not UTF-8 text"],
    ["nothing", "\n", "there is no path in it"],
  ];
  for (const [title, text, message] of others) {
    it(`is no output of another format: ${title}`, async () => {
      const list = join(tempFolder(), "list");
      writeFileSync(list, text);
      expect((await errorOf(listingText(list))).message).to.contain(`${list}: ${message}`);
    });
  }

  it("may hold names as odd as they come", async () => {
    const list = join(tempFolder(), "list");
    const text = "- a.csv\n2026-11-30 report.csv\n total 4\n{a}.json\n[b].csv\n./x: y.csv\n";
    writeFileSync(list, text);
    expect(await listingText(list)).to.equal(text);
  });
});

describe("sftp-sync validate --against", function () {
  this.timeout(60_000);

  it("prints what each sync takes, and all of it as JSON", async () => {
    const file = definitionFile({ Folder: "/in", Recursive: true, Include: ["**/*.csv"] });
    const list = join(tempFolder(), "paths.txt");
    writeFileSync(list, "a.csv\nb.txt\n");
    const { code, stdout } = await callCli(["validate", file, "--against", list, "--json"]);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.include({ valid: true, servers: ["partner"] });
    expect(JSON.parse(stdout).against).to.deep.equal([
      await against({ Folder: "/in", Recursive: true, Include: ["**/*.csv"] }, ["a.csv", "b.txt"]),
    ]);
  });

  it("says so where the list cannot be read", async () => {
    const file = definitionFile({ Folder: "/in", Recursive: true });
    const { code, stderr } = await callCli(["validate", file, "--against", "no-such-list"]);
    expect(code).to.equal(2);
    expect(stderr).to.contain("no-such-list: the list of paths cannot be read: ENOENT (allowed: a file");
  });
});
