import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { StorageFailure } from "../../../local/errors/storage-failure";
import { S3Store } from "../../../local/s3/s3-store";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";

const ALL = { prefix: "", delimiter: "", after: "", afterCommonPrefix: "", maxKeys: 1000 };

/** A store with a bucket, and a folder beside it that holds `secret`. */
async function storeAndElsewhere(): Promise<{ store: S3Store; bucket: string; elsewhere: string }> {
  const store = await S3Store.open(tempFolder());
  await store.ensureBucket("bucket");
  const elsewhere = tempFolder();
  writeFileSync(join(elsewhere, "secret"), "secret");
  return { store, bucket: join(store.directory, "bucket"), elsewhere };
}

/** Links, where they lie in the bucket, and a key that leads by them. */
const LINKS: readonly (readonly [title: string, place: string, target: string, key: string])[] = [
  ["a folder", "a", "", "a/secret"],
  ["a folder, to a file that is not there", "a", "", "a/new"],
  ["a folder further up", "a", "", "a/b/c/new"],
  ["a folder further down", "a/b", "", "a/b/secret"],
  ["a file", "a", "secret", "a"],
  ["what is not there", "a", "nothing", "a"],
  ["the folder of an object beside a folder", ".s3~object~a", "secret", "a"],
];

describe("a bucket with a link in it", () => {
  for (const [title, place, target, key] of LINKS) {
    it(`refuses what leads by the link, and touches nothing there: ${title}`, async () => {
      const { store, bucket, elsewhere } = await storeAndElsewhere();
      mkdirSync(join(bucket, place, ".."), { recursive: true });
      symlinkSync(join(elsewhere, target), join(bucket, place));
      const works = [
        () => store.open("bucket", key),
        () => store.head("bucket", key),
        () => store.put("bucket", key, "x"),
        () => store.put("bucket", key, "x", { ifAbsent: true }),
        () => store.delete("bucket", key),
        () => store.holds({ bucket: "bucket", key, identity: "" }),
      ];
      for (const work of works) {
        store.takeFailure();
        const error = await errorOf(work());
        expect(error).to.be.instanceOf(StorageFailure);
        expect(error.message).to.equal(
          `A link lies in the data directory, and is not followed: ${join(bucket, place)}`,
        );
      }
      expect((await store.list("bucket", ALL)).objects).to.deep.equal([]);
      expect((await store.list("bucket", { ...ALL, prefix: `${place}/` })).objects).to.deep.equal([]);
      expect(readdirSync(elsewhere)).to.deep.equal(["secret"]);
      expect(readFileSync(join(elsewhere, "secret"), "utf8")).to.equal("secret");
      expect(readdirSync(join(store.directory, ".sftp-sync", "uploads"))).to.deep.equal([]);
    });
  }

  it("takes other objects as before", async () => {
    const { store, bucket, elsewhere } = await storeAndElsewhere();
    symlinkSync(elsewhere, join(bucket, "a"));
    await store.put("bucket", "b/c", "x");
    expect((await store.list("bucket", ALL)).objects.map(({ key }) => key)).to.deep.equal(["b/c"]);
  });

  it("tells whoever runs the store of it, once", async () => {
    const { store, bucket, elsewhere } = await storeAndElsewhere();
    symlinkSync(elsewhere, join(bucket, "a"));
    await errorOf(store.head("bucket", "a/secret"));
    expect(store.takeFailure()?.message).to.contain("A link lies in the data directory");
    expect(store.takeFailure()).to.equal(undefined);
  });
});

describe("a store's directory", () => {
  it("has no link for a bucket", async () => {
    const { store, elsewhere } = await storeAndElsewhere();
    symlinkSync(elsewhere, join(store.directory, "other"));
    expect(await errorOf(store.ensureBucket("other"))).to.be.instanceOf(StorageFailure);
    expect(await errorOf(store.put("other", "a", "x"))).to.be.instanceOf(StorageFailure);
    expect(existsSync(join(elsewhere, "a"))).to.equal(false);
  });

  it("has no link for what is half-written", async () => {
    const [directory, elsewhere] = [tempFolder(), tempFolder()];
    mkdirSync(join(directory, ".sftp-sync"));
    symlinkSync(elsewhere, join(directory, ".sftp-sync", "uploads"));
    expect(await errorOf(S3Store.open(directory))).to.be.instanceOf(StorageFailure);
    expect(readdirSync(elsewhere)).to.deep.equal([]);
  });

  it("may be a link itself", async () => {
    const [elsewhere, parent] = [tempFolder(), tempFolder()];
    symlinkSync(elsewhere, join(parent, "data"));
    const store = await S3Store.open(join(parent, "data"));
    await store.ensureBucket("bucket");
    await store.put("bucket", "a", "x");
    expect(readFileSync(join(elsewhere, "bucket", "a"), "utf8")).to.equal("x");
  });
});
