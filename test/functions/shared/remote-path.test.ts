import { expect } from "chai";
import {
  childName,
  destinationDirectory,
  isSupportedFile,
  isSupportedPath,
  joinPath,
  objectKey,
  relativePath,
  resolveDateTags,
} from "../../../functions/shared/remote-path";

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

describe("objectKey and destinationDirectory", () => {
  const table: [string, string, string, string, string][] = [
    ["in/acme", "/data", "a", "in/acme/data/a", "/bucket/in/acme/data"],
    ["", "/data", "a", "data/a", "/bucket/data"],
    ["in/acme", "/", "a", "in/acme/a", "/bucket/in/acme"],
    ["", "/", "a", "a", "/bucket"],
    ["in", "/d %+#?&é/x", "ü", "in/d %+#?&é/x/ü", "/bucket/in/d %+#?&é/x"],
  ];
  for (const [prefix, folder, name, key, directory] of table) {
    it(`puts ${name} of ${folder} under prefix "${prefix}" at ${key}`, () => {
      expect(objectKey(prefix, joinPath(folder, name))).to.equal(key);
      expect(destinationDirectory("bucket", prefix, folder)).to.equal(directory);
    });

    it(`the connector's own key for ${name} of ${folder} under "${prefix}" is the engine's`, () => {
      expect(`${destinationDirectory("bucket", prefix, folder)}/${name}`).to.equal(`/bucket/${key}`);
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

describe("isSupportedFile", () => {
  const long = (bytes: number) => `/${"x".repeat(bytes)}`;
  const table: [string, string, string, boolean][] = [
    ["a key of 1,024 bytes", "p", long(1022), true],
    ["a key of 1,025 bytes", "p", long(1023), false],
    ["512 letters of two bytes without a prefix", "", `/${"é".repeat(512)}`, true],
    ["513 letters of two bytes", "", `/${"é".repeat(513)}`, false],
    ["a path of 1,024 characters without a prefix", "", long(1023), true],
    ["a path of 1,025 characters", "", long(1024), false],
    ["a line feed", "p", "/a\nb", false],
    ["a carriage return", "p", "/a\rb", false],
    ["a line separator", "p", "/a\u2028b", false],
    ["a paragraph separator", "p", "/a\u2029b", false],
    ["a tab, quotes, a backslash", "p", "/a\t\"'\\b", true],
    ["a leading dash, a hidden file", "p", "/-rf/.hidden", true],
    ["%+#?&", "p", "/%+#?&", true],
  ];
  for (const [title, Prefix, path, expected] of table) {
    it(`${title}: ${expected ? "supported" : "not supported"}`, () => {
      const slash = path.lastIndexOf("/");
      const folder = path.slice(0, slash) || "/";
      expect(isSupportedFile({ BucketName: "lake", Prefix }, folder, path.slice(slash + 1))).to.equal(expected);
    });
  }

  it("counts the bucket's name too: a folder's place in S3 has 1,024 characters at most", () => {
    const folder = `/${"x".repeat(1000)}`;
    expect(isSupportedFile({ BucketName: "b".repeat(14), Prefix: "in/acme" }, folder, "f")).to.equal(true);
    expect(isSupportedFile({ BucketName: "b".repeat(15), Prefix: "in/acme" }, folder, "f")).to.equal(false);
  });

  it("asks of a folder only what the API asks", () => {
    expect(isSupportedPath(`/${"é".repeat(1023)}`)).to.equal(true);
    expect(isSupportedPath("/a\nb")).to.equal(false);
  });
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
