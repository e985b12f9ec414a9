import { expect } from "chai";
import { parseListing } from "../../../engine/listing/listing-file";

const FILE = { filePath: "/data/a", modifiedTimestamp: "2026-01-01T00:00:00Z", size: 1 };
const EMPTY = { files: [], folders: [], truncated: false };

describe("parseListing", () => {
  const truncated: [string, unknown, boolean][] = [
    ["true", true, true],
    ["false", false, false],
    ["the text true", "true", true],
    ["the text false", "false", false],
    ["null", null, false],
    ["nothing", undefined, false],
  ];
  for (const [title, value, expected] of truncated) {
    it(`takes truncated ${title} as ${expected}`, () => {
      expect(parseListing(JSON.stringify({ files: [], paths: [], truncated: value })).truncated).to.equal(expected);
    });
  }

  const sizes: [string, unknown, number | undefined][] = [
    ["a number", 12, 12],
    ["digits as text", "12", 12],
    ["0", 0, 0],
    ["the text 0", "0", 0],
    ["150 GiB", 161061273600, 161061273600],
    ["null", null, undefined],
    ["nothing", undefined, undefined],
  ];
  for (const [title, size, expected] of sizes) {
    it(`reads a size given as ${title}`, () => {
      expect(parseListing(JSON.stringify({ files: [{ ...FILE, size }] })).files).to.deep.equal([
        {
          path: "/data/a",
          ...(expected === undefined ? {} : { size: expected }),
          modified: "2026-01-01T00:00:00Z",
        },
      ]);
    });
  }

  for (const modifiedTimestamp of [1767225600, "1767225600"]) {
    it(`reads a time given as ${JSON.stringify(modifiedTimestamp)} in seconds`, () => {
      const { files } = parseListing(JSON.stringify({ files: [{ ...FILE, modifiedTimestamp }] }));
      expect(files[0]?.modified).to.equal("2026-01-01T00:00:00.000Z");
    });
  }

  for (const modifiedTimestamp of [undefined, null, "", "yesterday", 1e30, "99999999999999999999"]) {
    it(`keeps an entry whose time is ${JSON.stringify(modifiedTimestamp)}, without a time`, () => {
      const { files } = parseListing(JSON.stringify({ files: [{ ...FILE, modifiedTimestamp }, FILE] }));
      expect(files).to.deep.equal([
        { path: "/data/a", size: 1 },
        { path: "/data/a", size: 1, modified: "2026-01-01T00:00:00Z" },
      ]);
    });
  }

  it("reads the folders' paths", () => {
    const text = JSON.stringify({ files: [], paths: [{ path: "/data/b" }, { path: "/data/c" }], truncated: "false" });
    expect(parseListing(text)).to.deep.equal({ ...EMPTY, folders: ["/data/b", "/data/c"] });
  });

  it("ignores what it does not know", () => {
    expect(parseListing(JSON.stringify({ files: [], paths: [], owner: 1 }))).to.deep.equal(EMPTY);
  });

  it("reads a folder without files or folders", () => {
    expect(parseListing("{}")).to.deep.equal(EMPTY);
    expect(parseListing(JSON.stringify({ files: null, paths: null }))).to.deep.equal(EMPTY);
  });

  const garbage = ["", "not JSON", "[]", "null", '{"files":{}}', '{"files":[{}]}', '{"truncated":"perhaps"}'];
  for (const text of garbage) {
    it(`refuses ${text === "" ? "an empty text" : text}`, () => {
      expect(() => parseListing(text)).to.throw();
    });
  }
});
