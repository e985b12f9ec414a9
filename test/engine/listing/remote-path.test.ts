import { expect } from "chai";
import { placeIn, relativePath, resolveDateTags } from "../../../engine/listing/remote-path";

/** A name: that child. */
function written(folder: string, path: string, others: readonly string[] = []): string {
  const place = placeIn(folder, [path, ...others])(path);
  return place.kind === "child" ? `child ${place.name}` : place.kind;
}

describe("placeIn", () => {
  const table: [string, string, string][] = [
    ["/data", "/data/a.txt", "child a.txt"],
    ["/data", "/data/sub/", "child sub"],
    ["/data", "/data/...", "child ..."],
    ["/data", "/data/-rf", "child -rf"],
    ["/data", "/data/a\\b", "child a\\b"],
    ["/data", "/data/ ", "child  "],
    ["/data", "/data/data", "child data"],
    ["/", "/a.txt", "child a.txt"],
    ["/", "/sub/", "child sub"],
    ["/", "//a.txt", "child a.txt"],
    ["/", "//sub/a", "elsewhere"],
    ["/data", "/data", "itself"],
    ["/data", "/data/", "itself"],
    ["/data", "/data//", "itself"],
    ["/", "/", "itself"],
    ["/", "//", "itself"],
    ["/data", "/database/a", "elsewhere"],
    ["/data", "/other/a", "elsewhere"],
    ["/data", "/data/sub/a", "elsewhere"],
    ["/data", "/data//a", "elsewhere"],
    ["/data", "/data/.", "dots"],
    ["/data", "/data/..", "dots"],
    ["/data", "/data/../", "dots"],
    ["/data", "/data/../etc", "elsewhere"],
    ["/", "/..", "dots"],
    // Without the first slash: a name, or the whole path.
    ["/data", "a", "child a"],
    ["/data", "a/", "child a"],
    ["/data", "./a", "child a"],
    ["/data", "data/a", "child a"],
    ["/data", "data/a/", "child a"],
    ["/data", "data/data", "child data"],
    ["/data", "database", "child database"],
    ["/data", "data/a/b", "elsewhere"],
    ["/data", "other/a", "elsewhere"],
    ["/data", "../a", "elsewhere"],
    ["/data", "..", "dots"],
    ["/data", "data/..", "dots"],
    ["/a/b", "a/b/c", "child c"],
    ["/a/b", "a/b", "itself"],
    ["/a/b", "a/b/", "itself"],
    ["/a/b", "b", "child b"],
    ["/a/b", "a/x", "elsewhere"],
    ["/", "a", "child a"],
    ["/", "sub/a", "elsewhere"],
  ];
  for (const [folder, path, expected] of table) {
    it(`reads ${JSON.stringify(path)} in ${folder} as: ${expected}`, () => {
      expect(written(folder, path)).to.equal(expected);
    });
  }

  const ambiguous: [string, string, string][] = [
    ["data", "x", "child data"],
    ["data/", "x", "child data"],
    ["data", "data/x", "itself"],
    ["data/", "data/x", "itself"],
  ];
  for (const [path, other, expected] of ambiguous) {
    it(`reads ${path} in /data, beside ${other}, as: ${expected}`, () => {
      expect(written("/data", path, [other])).to.equal(expected);
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
