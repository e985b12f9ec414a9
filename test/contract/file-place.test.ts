import { expect } from "chai";
import { destinationDirectory, isSupportedFile, isSupportedPath, joinPath, objectKey } from "../../contract/file-place";

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

describe("isSupportedPath", () => {
  it("takes no half of a letter, with which no request can be written", () => {
    expect(["/a/\ud800.txt", "/a/\udc00", "/a/😀"].map(isSupportedPath)).to.deep.equal([false, false, true]);
  });
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
