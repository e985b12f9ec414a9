import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { StorageFailure, storageFailure } from "../../../local/errors/storage-failure";
import { SMALL_BYTES } from "../../../local/s3/etag";
import { S3Store, type WrittenObject } from "../../../local/s3/s3-store";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";

const etagOf = (content: string) => `"${createHash("md5").update(content).digest("hex")}"`;

/** By this process, from whatever it has open. */
const bytesRead = () => Number(/^rchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);

describe("S3Store", () => {
  it("makes its directory", async () => {
    const directory = join(tempFolder(), "a", "b");
    const store = await S3Store.open(directory);
    await store.ensureBucket("bucket");
    expect(readdirSync(directory)).to.include("bucket");
  });

  it("says what is wrong with a directory that cannot be used", async () => {
    const file = join(tempFolder(), "file");
    writeFileSync(file, "");
    for (const directory of [file, join(file, "below")]) {
      const error = await errorOf(S3Store.open(directory));
      expect(error).to.be.instanceOf(StorageFailure);
      expect(error.message).to.contain(directory).and.to.contain("a file is in the way");
    }
  });

  it("tells what the system says against the directory from everything else", () => {
    const texts = { ENOSPC: "no space left", EACCES: "no permission", EDQUOT: "disk quota", EROFS: "read-only" };
    for (const [code, text] of Object.entries(texts)) {
      const failure = storageFailure(Object.assign(new Error("low-level"), { code }), "/data");
      expect(failure).to.be.instanceOf(StorageFailure).and.to.have.property("message").that.contains(text);
    }
    const other = new Error("other");
    expect(storageFailure(other, "/data")).to.equal(other);
    const missing = (path: string) => Object.assign(new Error("low-level"), { code: "ENOENT", path });
    expect(storageFailure(missing("/data/lake"), "/data")).to.be.instanceOf(StorageFailure);
    expect(storageFailure(missing("/database"), "/data")).not.to.be.instanceOf(StorageFailure);
  });

  it("leaves nothing of an object whose stream breaks", async () => {
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("bucket");
    await store.put("bucket", "key", "old");
    async function* broken() {
      yield Buffer.alloc(100_000);
      throw new Error("broken off");
    }
    expect((await errorOf(store.writeStream("bucket", "key", broken()))).message).to.equal("broken off");
    expect(readFileSync(join(store.directory, "bucket", "key"), "utf8")).to.equal("old");
    expect(readdirSync(join(store.directory, ".sftp-sync", "uploads"))).to.deep.equal([]);
  });

  it("clears away what was left half-written when it is told that nobody else works there, and not before", async () => {
    const directory = tempFolder();
    const uploads = join(directory, ".sftp-sync", "uploads");
    const half = randomUUID();
    mkdirSync(uploads, { recursive: true });
    writeFileSync(join(uploads, half), "");
    writeFileSync(join(uploads, "notes.txt"), "of a person");
    const store = await S3Store.open(directory);
    expect(readdirSync(uploads)).to.have.members([half, "notes.txt"]);
    await store.clearUploads();
    expect(readdirSync(uploads)).to.deep.equal(["notes.txt"]);
  });

  it("touches no folder of somebody else's that lies beside the buckets", async () => {
    const directory = tempFolder();
    mkdirSync(join(directory, ".uploads"));
    writeFileSync(join(directory, ".uploads", "b.jpg"), "");
    await (await S3Store.open(directory)).clearUploads();
    expect(readdirSync(join(directory, ".uploads"))).to.deep.equal(["b.jpg"]);
  });

  it("changes nothing once the directory is somebody else's", async () => {
    let lost: Error | undefined;
    const beforeChange = async () => {
      if (lost !== undefined) {
        throw lost;
      }
    };
    const store = await S3Store.open(tempFolder(), { beforeChange });
    await store.ensureBucket("bucket");
    await store.put("bucket", "key", "old");
    lost = new Error("lost");
    expect(await errorOf(store.put("bucket", "key", "new"))).to.equal(lost);
    expect(await errorOf(store.delete("bucket", "key"))).to.equal(lost);
    expect(readFileSync(join(store.directory, "bucket", "key"), "utf8")).to.equal("old");
    expect(readdirSync(join(store.directory, ".sftp-sync", "uploads"))).to.deep.equal([]);
  });

  it("knows an object again that it placed, and no other under the same key", async () => {
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("bucket");
    const placed: WrittenObject[] = [];
    const content = async function* () {
      yield Buffer.from("same bytes");
    };
    const write = () =>
      store.writeStream("bucket", "a/key", content(), async (object) => {
        expect(await store.holds(object)).to.equal(false);
        placed.push(object);
      });
    const held = () => Promise.all(placed.map((object) => store.holds(object)));
    await write();
    expect(await held()).to.deep.equal([true]);
    await write();
    expect(await held()).to.deep.equal([false, true]);
    await store.delete("bucket", "a/key");
    expect(await held()).to.deep.equal([false, false]);
  });

  it("remembers once that a bucket is gone that it made", async () => {
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("bucket");
    rmSync(join(store.directory, "bucket"), { recursive: true });
    expect((await errorOf(store.put("bucket", "key", ""))).name).to.equal("S3Error");
    expect(store.takeFailure()).to.be.instanceOf(StorageFailure).with.property("code", "ENOENT");
    expect(store.takeFailure()).to.equal(undefined);
    expect((await errorOf(store.put("never-made", "key", ""))).name).to.equal("S3Error");
    expect(store.takeFailure()).to.equal(undefined);
  });

  it("creates an object once, although another process does the same at that moment", async () => {
    const directory = tempFolder();
    const stores = [await S3Store.open(directory), await S3Store.open(directory)];
    await stores[0]?.ensureBucket("bucket");
    for (let i = 0; i < 50; i++) {
      const all = await Promise.allSettled(
        stores.map((store, n) => store.put("bucket", `key-${i}`, `${n}`, { ifAbsent: true })),
      );
      expect(all.filter(({ status }) => status === "fulfilled")).to.have.length(1);
    }
  });

  it("gives a large object an ETag without reading it, another one for each version", async () => {
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("bucket");
    const content = Buffer.alloc(9 * 1024 * 1024);
    const first = await store.put("bucket", "large", content);
    expect(first.etag).to.match(/^"[0-9a-f]{32}-2"$/);
    expect((await store.head("bucket", "large"))?.etag).to.equal(first.etag);
    const second = await store.put("bucket", "large", content, { ifMatch: first.etag });
    expect(second.etag).not.to.equal(first.etag);
  });

  it("does not read again what it has written, neither for the answer nor for a HEAD", async function () {
    if (!existsSync("/proc/self/io")) {
      this.skip();
    }
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("bucket");
    const content = Buffer.alloc(SMALL_BYTES);
    const before = bytesRead();
    for (const key of ["a", "b/c", "a/d"]) {
      const { etag } = await store.put("bucket", key, content);
      expect(await store.head("bucket", key)).to.have.property("etag", etag);
    }
    expect(bytesRead() - before).to.be.below(content.length);
  });

  it("knows an object by its new content when its file is written from outside", async () => {
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("bucket");
    const { etag } = await store.put("bucket", "key", "old");
    writeFileSync(join(store.directory, "bucket", "key"), "new");
    expect((await store.head("bucket", "key"))?.etag)
      .to.equal(etagOf("new"))
      .and.not.to.equal(etag);
  });

  it("leaves nothing of a large object whose stream breaks, and lets go of the stream", async () => {
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("bucket");
    let left = false;
    async function* broken() {
      try {
        yield Buffer.alloc(SMALL_BYTES);
        yield Buffer.alloc(SMALL_BYTES);
        throw new Error("broken off");
      } finally {
        left = true;
      }
    }
    expect((await errorOf(store.writeStream("bucket", "key", broken()))).message).to.equal("broken off");
    expect(left).to.equal(true);
    expect(await store.head("bucket", "key")).to.equal(undefined);
    expect(readdirSync(join(store.directory, ".sftp-sync", "uploads"))).to.deep.equal([]);
  });

  it("reads the version that it opened, although another one is written meanwhile", async () => {
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("bucket");
    await store.put("bucket", "key", "old");
    const object = await store.open("bucket", "key");
    await store.put("bucket", "key", "newer");
    expect(await object?.handle.readFile("utf8")).to.equal("old");
    await object?.handle.close();
  });

  it("does not list what is neither file nor folder", async () => {
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("bucket");
    symlinkSync("/", join(store.directory, "bucket", "link"));
    const all = { prefix: "", delimiter: "", after: "", afterCommonPrefix: "", maxKeys: 1000 };
    expect((await store.list("bucket", all)).objects).to.deep.equal([]);
  });

  it("refuses bucket names that would lead elsewhere", async () => {
    const store = await S3Store.open(tempFolder());
    for (const bucket of ["..", ".sftp-sync", "a/b", ""]) {
      expect((await errorOf(store.ensureBucket(bucket))).message).to.contain("not valid");
    }
  });
});
