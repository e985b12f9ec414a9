import { expect } from "chai";
import fc from "fast-check";
import { parseBucketName, parseKmsKeyArn, parsePrefix } from "../../config/fields/local-repository";
import { parseName } from "../../config/fields/name-field";
import { parseFolder } from "../../config/fields/remote-folders";
import { parseSecurityPolicyName } from "../../config/fields/security-policy";
import { hostAndPort, parseUrl } from "../../config/fields/url";
import { nameOfEmail, syncNameFromFolder } from "../../config/naming/names";
import type { Parsed } from "../../config/problems/problem";
import { describeReceived } from "../../config/problems/received";
import { isSupportedFile, joinPath, objectKey } from "../../contract/file-place";
import { withDigitsForTags } from "../../contract/folder-tags";
import { relativePath, resolveDateTags } from "../../engine/listing/remote-path";
import { expectReadable, fuzz } from "./support/fuzz";
import { anyName, anyText, mutated } from "./support/hostile";

const FIELDS: readonly (readonly [string, (text: string) => Parsed<string>, readonly string[]])[] = [
  ["Folder", parseFolder, ["/", "/data", "/in/%year%/%month%-%day%", "/a//b/", "/%YEAR%/x", "/päth/{date}"]],
  ["Prefix", parsePrefix, ["", "in", "/a/b/", "%year%/x", "отчёты/*"]],
  ["BucketName", parseBucketName, ["lake", "my.bucket-1", "s3://lake", "192.168.0.1", "x-s3alias"]],
  [
    "KmsKeyArn",
    parseKmsKeyArn,
    ["arn:aws:kms:eu-west-1:111122223333:key/abc", "arn:aws:kms:eu-west-1:111122223333:alias/a"],
  ],
  ["Name", parseName, ["partner", "SFTP Provider_1", "日本", "a".repeat(65)]],
  ["SecurityPolicyName", parseSecurityPolicyName, ["TransferSFTPConnectorSecurityPolicy-2024-03", "x"]],
  [
    "Url",
    parseUrl,
    [
      "sftp.example.com",
      "sftp://a.example:2222/",
      "[2001:db8::1]:22",
      "user:pw@host",
      "müller.example",
      "10.0.0.1:0022",
    ],
  ],
];

describe("hostile fields of a definition", () => {
  for (const [field, parse, valid] of FIELDS) {
    it(`${field} is refused in words, or kept in a form that is read the same again`, () => {
      fuzz(fc.oneof({ weight: 2, arbitrary: mutated(fc.constantFrom(...valid)) }, anyText), 150, (text) => {
        const { value, findings } = parse(text);
        for (const { message, received = "", allowed = "" } of findings) {
          expectReadable(`${message} ${received} ${allowed}`);
        }
        if (findings.some(({ severity }) => severity === "error")) {
          expect(value).to.equal(undefined);
        } else if (value !== undefined) {
          expect(parse(value).value).to.equal(value);
        }
      });
    });
  }

  it("never show what may be a credential", () => {
    const secrets = fc.constantFrom("hunter2@host", "s3cret%40x");
    fuzz(
      fc.tuple(
        anyText,
        anyText.map((text) => text.replaceAll(/\s/g, "")),
        secrets,
      ),
      100,
      ([before, user, secret]) => {
        expect(describeReceived(`${before} ${user}:${secret}`)).to.equal(undefined);
      },
    );
  });
});

const folders = mutated(fc.constantFrom("/", "/data", "/in/%year%/%month%/%day%", "/a b/ü"));
const prefixes = mutated(fc.constantFrom("", "in", "a/b"));

describe("hostile places", () => {
  it("lie in the folder and below the prefix, whatever a definition and a server call them", () => {
    fuzz(fc.tuple(folders, prefixes, anyName), 300, ([folderText, prefixText, name]) => {
      const folder = parseFolder(folderText).value;
      const prefix = parsePrefix(prefixText).value;
      fc.pre(folder !== undefined && prefix !== undefined && name !== "" && name !== "." && name !== "..");
      const path = joinPath(folder, name);
      expect(relativePath(folder, path)).to.equal(name);
      const key = objectKey(prefix, path);
      expect(key).to.equal([prefix, ...path.split("/")].filter((part) => part !== "").join("/"));
      expect(key.split("/").some((part) => part === ".." || part === "." || part === "")).to.equal(false);
      if (isSupportedFile({ BucketName: "lake", Prefix: prefix }, folder, name)) {
        expect(Buffer.from(key, "utf8").toString("utf8")).to.equal(key);
        expect(Buffer.byteLength(key)).to.be.at.most(1024);
      }
    });
  });

  it("have tags that become as many digits as are counted for them", () => {
    const dates = fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
    fuzz(fc.tuple(folders, dates), 200, ([folder, date]) => {
      const resolved = resolveDateTags(folder, date);
      expect(resolved.length).to.equal(withDigitsForTags(folder).length);
      expect(resolved.replaceAll(/\d/g, "0")).to.equal(withDigitsForTags(folder).replaceAll(/\d/g, "0"));
    });
  });

  it("give syncs names that can be used", () => {
    fuzz(folders, 150, (text) => {
      const folder = parseFolder(text).value;
      fc.pre(folder !== undefined);
      expect(syncNameFromFolder(folder)).to.match(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/);
      expect(nameOfEmail(text)).to.match(/^[a-z0-9_-]*$/);
    });
  });

  it("have hosts that are looked up as they are written", () => {
    fuzz(mutated(fc.constantFrom("sftp.example.com:2222", "[2001:db8::1]:22", "10.0.0.1")), 150, (text) => {
      const url = parseUrl(text).value;
      fc.pre(url !== undefined);
      const { host, port } = hostAndPort(url);
      expect(port).to.be.within(1, 65_535);
      expect(host).not.to.match(/[[\]/@\s]/);
    });
  });
});
