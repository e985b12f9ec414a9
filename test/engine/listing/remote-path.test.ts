import { expect } from "chai";
import { childName, isWithin, relativePath, resolveDateTags } from "../../../engine/listing/remote-path";

describe("childName", () => {
  const table: [string, string, string | undefined][] = [
    ["/data", "/data/a.txt", "a.txt"],
    ["/data", "/data/sub/", "sub"],
    ["/data", "/data/...", "..."],
    ["/data", "/data/-rf", "-rf"],
    ["/data", "/data/a\\b", "a\\b"],
    ["/data", "/data/ ", " "],
    ["/", "/a.txt", "a.txt"],
    ["/", "/sub/", "sub"],
    ["/", "//a.txt", "a.txt"],
    ["/", "//sub/a", undefined],
    ["/", "a.txt", undefined],
    ["/data", "/data", undefined],
    ["/data", "/data/", undefined],
    ["/", "/", undefined],
    ["/data", "/database/a", undefined],
    ["/data", "/other/a", undefined],
    ["/data", "data/a", undefined],
    ["/data", "", undefined],
    ["/data", "/data/sub/a", undefined],
    ["/data", "/data//a", undefined],
    ["/data", "/data/.", undefined],
    ["/data", "/data/..", undefined],
    ["/data", "/data/../", undefined],
    ["/data", "/data/../etc", undefined],
    ["/", "/..", undefined],
    ["/", "//", undefined],
  ];
  for (const [folder, path, expected] of table) {
    it(`of ${JSON.stringify(path)} in ${folder}: ${expected ?? "none"}`, () => {
      expect(childName(folder, path)).to.equal(expected);
    });
  }
});

describe("isWithin", () => {
  const table: [string, string, boolean][] = [
    ["/data", "/data", true],
    ["/data", "/data/", true],
    ["/data", "/data/a/b", true],
    ["/data", "/data/..", true],
    ["/data", "/database", false],
    ["/data", "a.txt", false],
    ["/", "/", true],
    ["/", "//a", true],
    ["/", "a", false],
  ];
  for (const [folder, path, expected] of table) {
    it(`${path} in ${folder}: ${expected}`, () => {
      expect(isWithin(folder, path)).to.equal(expected);
    });
  }
});

describe("relativePath", () => {
  const table: [string, string, string][] = [
    ["/", "/a/b", "a/b"],
    ["/data", "/data/a", "a"],
    ["/data/x", "/data/x/y/z", "y/z"],
  ];
  for (const [root, path, expected] of table) {
    it(`of ${path} in ${root}: ${expected}`, () => {
      expect(relativePath(root, path)).to.equal(expected);
    });
  }
});

describe("resolveDateTags", () => {
  const table: [string, string, string][] = [
    ["/in/%year%/%month%/%day%", "2026-03-05T10:00:00Z", "/in/2026/03/05"],
    ["/in/%year%%month%%day%/%day%", "2026-12-31T23:59:59Z", "/in/20261231/31"],
    ["/in/%month%", "2026-03-01T00:30:00+01:00", "/in/02"],
    ["/in/%YEAR%/100%", "2026-03-05T10:00:00Z", "/in/%YEAR%/100%"],
    ["/plain", "2026-03-05T10:00:00Z", "/plain"],
  ];
  for (const [folder, at, expected] of table) {
    it(`${folder} at ${at}: ${expected}`, () => {
      expect(resolveDateTags(folder, new Date(at))).to.equal(expected);
    });
  }
});
