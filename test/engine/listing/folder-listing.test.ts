import { expect } from "chai";
import { folderListing } from "../../../engine/listing/folder-listing";
import { parseListing } from "../../../engine/listing/listing-file";

const NO_STRANGERS = { files: [], folders: [] };

function read(folder: string, files: readonly unknown[], folders: readonly unknown[] = []) {
  return folderListing(folder, parseListing(JSON.stringify({ files, paths: folders })));
}

const file = (filePath: unknown, attributes = {}) => ({ filePath, ...attributes });
const path = (written: unknown) => ({ path: written });

describe("a folder's listing", () => {
  const dialects: [string, (name: string) => string][] = [
    ["absolute", (name) => `/data/sub/${name}`],
    ["without the first slash", (name) => `data/sub/${name}`],
    ["bare", (name) => name],
    ["relative", (name) => `./${name}`],
  ];
  for (const [title, write] of dialects) {
    it(`means the same with paths written ${title}`, () => {
      const listing = read("/data/sub", [file(write("b"), { size: 1 }), file(write("a"))], [path(write("deeper/"))]);
      expect(listing).to.deep.equal({
        files: [{ name: "a" }, { name: "b", size: 1 }],
        folders: ["deeper"],
        others: [],
        strangers: NO_STRANGERS,
        truncated: false,
      });
    });
  }

  it("tells every entry that names no child, also those without a path", () => {
    const listing = read(
      "/data",
      [file("/data/a"), null, file("/etc/x"), file("/data")],
      [path("/data/"), path("/data/.."), path(5), path("/data/a/b")],
    );
    expect(listing).to.deep.equal({
      files: [{ name: "a" }],
      folders: [],
      others: [],
      strangers: { files: ["null", "/etc/x", "/data"], folders: ['{"path":5}', "/data/..", "/data/a/b"] },
      truncated: false,
    });
  });

  it("has a folder that is named twice once", () => {
    expect(read("/data", [], [path("/data/a"), path("/data/a/")])).to.deep.include({
      folders: ["a"],
      strangers: NO_STRANGERS,
    });
  });

  it("keeps a name that is a file's and a folder's as both", () => {
    expect(read("/data", [file("/data/a")], [path("/data/a")])).to.deep.include({
      files: [{ name: "a" }],
      folders: ["a"],
    });
  });

  const older = { modifiedTimestamp: "2026-01-01T00:00:00Z", size: 9 };
  const newer = { modifiedTimestamp: "2026-01-02T00:00:00Z", size: 5 };
  const twice: [string, object, object][] = [
    ["the newer of two times", older, newer],
    ["one with a time", { size: 9 }, newer],
    ["the larger of two sizes of one time", { ...newer, size: 4 }, newer],
  ];
  for (const [title, one, meant] of twice) {
    it(`has a file that is named twice once, with ${title}, in either order`, () => {
      const expected = [{ name: "a", modified: newer.modifiedTimestamp, size: newer.size }];
      for (const entries of [
        [one, meant],
        [meant, one],
      ]) {
        const listing = read(
          "/data",
          entries.map((attributes) => file("/data/a", attributes)),
        );
        expect(listing).to.deep.include({ files: expected });
      }
    });
  }

  const foreign: [string, readonly unknown[], readonly unknown[], string][] = [
    ["absolute paths of another folder", [file("/mnt/data/x")], [], "/mnt/data/x"],
    ["deeper paths", [file("/data/sub/x")], [path("/data/sub/y")], "/data/sub/x"],
    ["folders of elsewhere", [], [path("/mnt/data/sub")], "/mnt/data/sub"],
    ["nothing that has a path", [null], [], "null"],
  ];
  for (const [title, files, folders, expected] of foreign) {
    it(`that names only ${title} is none`, () => {
      expect(read("/data", files, folders)).to.deep.equal({ foreign: expected });
    });
  }

  const empty: [string, readonly unknown[]][] = [
    ["nothing", []],
    ["itself", [path("/data")]],
    ["what every folder has", [path("/data/."), path("/data/..")]],
  ];
  for (const [title, folders] of empty) {
    it(`that names only ${title} is that of an empty folder`, () => {
      expect(read("/data", [], folders)).to.deep.include({ files: [], folders: [] });
    });
  }
});
