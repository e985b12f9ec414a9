import { expect } from "chai";
import { parseListing } from "../../../engine/listing/listing-file";

const FILE = { filePath: "/data/a", modifiedTimestamp: "2026-01-01T00:00:00Z", size: 1 };
const EMPTY = { files: [], folders: [], others: [], pathless: { files: [], folders: [] }, truncated: false };

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

  for (const size of ["-1", -1, 1.5, "1.5", "", " ", "1e3", {}, [], true, "9".repeat(20), 1e300]) {
    it(`keeps an entry whose size is ${JSON.stringify(size)}, without a size`, () => {
      const { files } = parseListing(JSON.stringify({ files: [{ ...FILE, size }] }));
      expect(files).to.deep.equal([{ path: "/data/a", modified: "2026-01-01T00:00:00Z" }]);
    });
  }

  for (const modifiedTimestamp of [undefined, null, {}, [], true]) {
    it(`keeps an entry whose time is ${JSON.stringify(modifiedTimestamp)}, without a time`, () => {
      const { files } = parseListing(JSON.stringify({ files: [{ ...FILE, modifiedTimestamp }, FILE] }));
      expect(files).to.deep.equal([
        { path: "/data/a", size: 1 },
        { path: "/data/a", size: 1, modified: "2026-01-01T00:00:00Z" },
      ]);
    });
  }

  it("reads times", () => {
    const { files } = parseListing(JSON.stringify({ files: [{ ...FILE, modifiedTimestamp: 1767225600 }] }));
    expect(files[0]?.modified).to.equal("2026-01-01T00:00:00.000Z");
  });

  for (const odd of [null, 5, "x", [], {}, { filePath: 5 }, { filePath: "" }, { path: null }]) {
    it(`loses nothing for the odd entry ${JSON.stringify(odd)}, and says what stands there`, () => {
      const { files, folders, pathless } = parseListing(
        JSON.stringify({ files: [odd, FILE], paths: [{ path: "/data/b" }, odd] }),
      );
      expect(files.map(({ path }) => path)).to.deep.equal(["/data/a"]);
      expect(folders).to.deep.equal(["/data/b"]);
      expect(pathless).to.deep.equal({ files: [JSON.stringify(odd)], folders: [JSON.stringify(odd)] });
    });
  }

  it("cuts a long entry without a path", () => {
    const { pathless } = parseListing(JSON.stringify({ files: [{ filePath: null, owner: "x".repeat(10_000) }] }));
    expect(pathless.files[0])
      .to.match(/^\{"filePath":null,"owner":"x+\.\.\.$/)
      .and.have.length.below(200);
  });

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

  const garbage = ["", "not JSON", "[]", "null", '{"files":{}}', '{"paths":"/data/b"}', '{"truncated":"perhaps"}'];
  for (const text of garbage) {
    it(`refuses ${text === "" ? "an empty text" : text}`, () => {
      expect(() => parseListing(text)).to.throw();
    });
  }
});
