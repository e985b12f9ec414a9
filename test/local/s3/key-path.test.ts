import { existsSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { expect } from "chai";
import { decodeName, keyPath } from "../../../local/s3/key-path";
import { S3Store } from "../../../local/s3/s3-store";
import { compareUtf8 } from "../../../local/s3/utf8-order";
import { filesBelow } from "../../support/files-below";
import { pick, randomNumbers } from "../../support/random";
import { tempFolder } from "../../support/temp-folder";
import { KEYS } from "./key-names";

const SEGMENTS = ["", ".", "..", "a", "b", "a\0", "~", "~00", "~7e", ".s3~", ".s3~name~", ".s3~object~a", ".s3~part~a"];
const LONG = ["x".repeat(255), "x".repeat(256), "x".repeat(300), `${"ü".repeat(127)}\0`, "\u{1F600}".repeat(70)];

function randomKey(random: () => number): string {
  const count = 1 + Math.floor(random() * 4);
  const segments = Array.from({ length: count }, () => pick(random, random() < 0.1 ? LONG : SEGMENTS));
  const key = segments.join("/");
  return key === "" || Buffer.byteLength(key) > 1024 ? "a" : key;
}

describe("the mapping of keys to files", () => {
  it("leaves every ordinary name as it is", () => {
    for (const key of [
      "a/b.txt",
      " ",
      "tab\t\n",
      "%41+#?&=",
      "-x",
      ".hidden",
      "...",
      "ü",
      "e\u0301",
      "n".repeat(255),
    ]) {
      expect(keyPath(key).plain.join("/")).to.equal(key);
    }
  });

  it("never leads out of the bucket, nor to a name that the file system refuses", () => {
    const random = randomNumbers(7);
    const keys = [...Object.values(KEYS), ...Array.from({ length: 2000 }, () => randomKey(random))];
    for (const key of keys) {
      for (const names of [keyPath(key).plain, keyPath(key).besideFolder]) {
        const path = names.join("/");
        expect(normalize(`/${path}`)).to.equal(`/${path}`);
        expect(names.every((name) => Buffer.byteLength(name) <= 255 && !/[\0/]/.test(name))).to.equal(true);
        expect(names.every((name) => decodeName(name) !== undefined)).to.equal(true);
      }
    }
  });

  it("gives different keys different files", () => {
    const random = randomNumbers(11);
    const keyOfPath = new Map<string, string>();
    for (let i = 0; i < 5000; i++) {
      const key = randomKey(random);
      for (const path of [keyPath(key).plain, keyPath(key).besideFolder].map((names) => names.join("/"))) {
        expect(keyOfPath.get(path) ?? key, path).to.equal(key);
        keyOfPath.set(path, key);
      }
    }
  });

  it("refuses a key that UTF-8 cannot represent", () => {
    expect(() => keyPath("\ud800")).to.throw(/UTF-8/);
    expect(() => keyPath("")).to.throw(/one or more/);
  });

  for (const seed of [1, 2, 3]) {
    it(`keeps any set of keys, whatever is written and deleted in which order (seed ${seed})`, async () => {
      const random = randomNumbers(seed);
      const store = await S3Store.open(tempFolder());
      await store.ensureBucket("bucket");
      const expected = new Map<string, number>();
      for (let i = 0; i < 400; i++) {
        const key = randomKey(random);
        if (random() < 0.3) {
          await store.delete("bucket", key);
          expected.delete(key);
        } else {
          await store.put("bucket", key, "x".repeat(i));
          expected.set(key, i);
        }
      }
      const all = { prefix: "", delimiter: "", after: "", afterCommonPrefix: "", maxKeys: 1000 };
      const { objects } = await store.list("bucket", all);
      const sorted = [...expected].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(objects.map(({ key, size }) => [key, size])).to.deep.equal(sorted);
      for (const [key, size] of expected) {
        expect((await store.head("bucket", key))?.size, key).to.equal(size);
      }
      expect(filesBelow(join(store.directory, "bucket"))).to.have.length(expected.size);
    });
  }

  it("moves an object aside without changing its time", async () => {
    const store = await S3Store.open(tempFolder(), { now: () => new Date("2020-01-02T03:04:05Z") });
    await store.ensureBucket("bucket");
    await store.put("bucket", "a", "1");
    const before = await store.head("bucket", "a");
    await store.put("bucket", "a/b", "2");
    expect(await store.head("bucket", "a")).to.include({ size: 1, etag: before?.etag });
    expect((await store.head("bucket", "a"))?.lastModified).to.deep.equal(new Date("2020-01-02T03:04:05Z"));
    expect(statSync(join(store.directory, "bucket", "a")).isDirectory()).to.equal(true);
    await store.delete("bucket", "a/b");
    await store.put("bucket", "a", "3");
    expect(statSync(join(store.directory, "bucket", "a")).isFile()).to.equal(true);
    expect(existsSync(join(store.directory, "bucket", ".s3~object~a"))).to.equal(false);
  });
});

describe("compareUtf8", () => {
  it("orders as UTF-8 bytes do", () => {
    const texts = [
      "",
      "a",
      "a/",
      "a-",
      "aa",
      "Z",
      "é",
      "e\u0301",
      "\uD7FF",
      "\uE000",
      "\uFFFD",
      "\u{10000}",
      "\u{10FFFF}",
      "\u{1F600}a",
    ];
    for (const a of texts) {
      for (const b of texts) {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareUtf8(a, b)), `${a} ${b}`).to.equal(bytes);
      }
    }
  });
});
