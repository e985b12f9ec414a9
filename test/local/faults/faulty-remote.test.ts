import { expect } from "chai";
import { FaultyRemote } from "../../../local/faults/faulty-remote";
import type { RemoteFiles } from "../../../local/transfer/connector";
import { errorOf } from "../../support/errors";
import { planOf } from "./plan";

const TIME = "2026-01-02T03:04:05Z";

const REMOTE: RemoteFiles = {
  list: async (folder) => ({
    files: ["a.csv", "b.csv"].map((name) => ({ filePath: `${folder}/${name}`, modifiedTimestamp: TIME, size: 5 })),
    paths: [{ path: `${folder}/sub` }],
    truncated: "false",
  }),
  retrieve: (path, consume) =>
    consume(
      (async function* () {
        yield Buffer.from(path);
      })(),
    ),
};

const faulty = (written: Parameters<typeof planOf>[0]) => new FaultyRemote(planOf(written)).around(REMOTE);
const namesIn = async (remote: RemoteFiles, folder: string) => {
  const { files, paths } = await remote.list(folder, 1000);
  return [...files.map(({ filePath }) => filePath), ...paths.map(({ path }) => path)];
};
const read = (remote: RemoteFiles, path: string) =>
  remote.retrieve(path, async (content) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) {
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString();
  });

describe("a faulty remote server", () => {
  it("is none where nothing is to go wrong", async () => {
    const remote = faulty({});
    expect(await remote.list("/in", 1000)).to.deep.equal(await REMOTE.list("/in", 1000));
    expect(await read(remote, "/in/a.csv")).to.equal("/in/a.csv");
  });

  it("fails to list the folders that match, with code and message", async () => {
    const remote = faulty({ FailListing: [{ Folder: "/in/*", Code: "TIMEOUT_ERROR", Message: "too slow" }] });
    expect(await errorOf(remote.list("/in/sub", 1000))).to.include({ code: "TIMEOUT_ERROR", message: "too slow" });
    expect(await namesIn(remote, "/in")).to.have.length(3);
  });

  it("fails to give a file so many times", async () => {
    const remote = faulty({ FailFile: [{ File: "/in/**", Times: 1 }] });
    expect(await errorOf(read(remote, "/in/a.csv"))).to.include({ code: "READ_FILE_ERROR" });
    expect(await read(remote, "/in/a.csv")).to.equal("/in/a.csv");
  });

  it("says nothing of times and sizes", async () => {
    const remote = faulty({
      OmitAttributes: [
        { File: "/in/a.csv", Attributes: ["modifiedTimestamp"] },
        { File: "/in/b.csv", Attributes: ["size", "modifiedTimestamp"] },
      ],
    });
    expect((await remote.list("/in", 1000)).files).to.deep.equal([
      { filePath: "/in/a.csv", size: 5 },
      { filePath: "/in/b.csv" },
    ]);
  });

  for (const [entries, names] of [
    [0, []],
    [1, ["/in/a.csv"]],
    [2, ["/in/a.csv", "/in/b.csv"]],
    [3, ["/in/a.csv", "/in/b.csv", "/in/sub"]],
  ] as const) {
    it(`truncates a listing after ${entries} entries`, async () => {
      const remote = faulty({ TruncateListing: [{ Entries: entries }] });
      expect(await namesIn(remote, "/in")).to.deep.equal(names);
      expect((await remote.list("/in", 1000)).truncated).to.equal("true");
    });
  }

  it("says `truncated` as a boolean", async () => {
    expect((await faulty({ BooleanTruncated: [{}] }).list("/in", 1000)).truncated).to.equal(false);
    const truncated = faulty({ BooleanTruncated: [{}], TruncateListing: [{ Entries: 1 }] });
    expect((await truncated.list("/in", 1000)).truncated).to.equal(true);
  });
});
