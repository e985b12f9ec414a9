import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { keepEnvironment } from "../../support/environment";
import { errorOf, httpStatus } from "../../support/errors";
import { KEYS } from "./key-names";
import { BUCKET, type LocalS3, startS3 } from "./s3-endpoint";
import { signedFetch } from "./signed-fetch";

describe("the local S3 endpoint, through the SDK's client", () => {
  let s3: LocalS3;
  before(async () => {
    s3 = await startS3();
  });
  after(() => s3.close());

  const put = (Key: string, Body: string, conditions: { IfNoneMatch?: string; IfMatch?: string } = {}) =>
    s3.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...conditions }));
  const read = async (Key: string, Range?: string) => {
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: BUCKET, Key, Range }));
    return Body?.transformToString();
  };

  for (const [name, key] of Object.entries(KEYS)) {
    it(`writes, finds, reads and lists a key with: ${name}`, async () => {
      await put(key, `content of ${key}`);
      const head = await s3.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: key }));
      expect(head.ContentLength).to.equal(Buffer.byteLength(`content of ${key}`));
      expect(await read(key)).to.equal(`content of ${key}`);
      const { Contents } = await s3.client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: key }));
      expect(Contents?.map(({ Key }) => Key)).to.include(key);
    });
  }

  it("keeps an ordinary object as a plain file under its own name", async () => {
    await put(`a b/it's "%+#?&" ü.txt`, "hello");
    expect(readFileSync(join(s3.directory, BUCKET, `a b/it's "%+#?&" ü.txt`), "utf8")).to.equal("hello");
  });

  it("keeps nothing but the objects in the bucket's folder", async () => {
    await s3.store.ensureBucket("clean");
    await s3.client.send(new PutObjectCommand({ Bucket: "clean", Key: "x", Body: "1", ContentType: "text/plain" }));
    expect(readdirSync(join(s3.directory, "clean"))).to.deep.equal(["x"]);
    expect(readdirSync(join(s3.directory, ".sftp-sync", "uploads"))).to.deep.equal([]);
  });

  it("has objects under a key and below it at the same time, in either order", async () => {
    for (const keys of [
      ["both/a", "both/a/b"],
      ["other/a/b", "other/a"],
    ]) {
      for (const key of keys) {
        await put(key, key);
      }
      for (const key of keys) {
        expect(await read(key)).to.equal(key);
      }
      const [prefix] = (keys[0] ?? "").split("/");
      const { Contents } = await s3.client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `${prefix}/` }));
      expect(Contents?.map(({ Key }) => Key)).to.deep.equal([`${prefix}/a`, `${prefix}/a/b`]);
    }
    await s3.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "both/a" }));
    expect(httpStatus(await errorOf(read("both/a")))).to.equal(404);
    expect(await read("both/a/b")).to.equal("both/a/b");
  });

  it("gives the MD5 as ETag, and whole seconds as LastModified", async () => {
    const { ETag } = await put("etag", "hello");
    expect(ETag).to.equal(`"${createHash("md5").update("hello").digest("hex")}"`);
    const head = await s3.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "etag" }));
    expect(head.ETag).to.equal(ETag);
    expect(head.LastModified?.getMilliseconds()).to.equal(0);
    expect(Date.now() - (head.LastModified?.getTime() ?? 0)).to.be.within(0, 60_000);
    const { Contents } = await s3.client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "etag" }));
    expect(Contents?.[0]?.LastModified).to.deep.equal(head.LastModified);
    expect(Contents?.[0]?.Size).to.equal(5);
  });

  it("takes streamed bodies with a trailing checksum, and empty ones", async () => {
    const content = randomBytes(3_000_000);
    const pieces = [content.subarray(0, 70_001), content.subarray(70_001)];
    const input = { Bucket: BUCKET, Key: "streamed", ContentLength: content.length };
    await s3.client.send(new PutObjectCommand({ ...input, Body: Readable.from(pieces) }));
    expect(readFileSync(join(s3.directory, BUCKET, "streamed")).equals(content)).to.equal(true);
    await put("empty", "");
    expect(await read("empty")).to.equal("");
  });

  for (const ChecksumAlgorithm of ["CRC32", "SHA1", "SHA256"] as const) {
    it(`takes bodies with their ${ChecksumAlgorithm}, in front and behind`, async () => {
      for (const Body of ["hello", Readable.from([Buffer.from("hel"), Buffer.from("lo")])]) {
        const request = { Bucket: BUCKET, Key: "checked", Body, ContentLength: 5, ChecksumAlgorithm };
        await s3.client.send(new PutObjectCommand(request));
        expect(await read("checked")).to.equal("hello");
      }
    });
  }

  it("gives ranges", async () => {
    await put("range", "0123456789");
    expect(await read("range", "bytes=2-4")).to.equal("234");
    expect(await read("range", "bytes=7-")).to.equal("789");
    expect(await read("range", "bytes=-2")).to.equal("89");
    expect(await read("range", "bytes=8-100")).to.equal("89");
    const error = await errorOf(read("range", "bytes=10-"));
    expect([error.name, httpStatus(error)]).to.deep.equal(["InvalidRange", 416]);
  });

  it("deletes, without complaint what is not there, and leaves no empty folders", async () => {
    await put("deep/er/file", "x");
    for (const Key of ["deep/er/file", "deep/er/file", "never"]) {
      await s3.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
    }
    expect(existsSync(join(s3.directory, BUCKET, "deep"))).to.equal(false);
    expect(existsSync(join(s3.directory, BUCKET))).to.equal(true);
  });

  describe("conditions", () => {
    it("If-None-Match: * writes only where nothing is", async () => {
      await put("new", "first", { IfNoneMatch: "*" });
      const error = await errorOf(put("new", "second", { IfNoneMatch: "*" }));
      expect([error.name, httpStatus(error)]).to.deep.equal(["PreconditionFailed", 412]);
      expect(await read("new")).to.equal("first");
    });

    it("If-Match writes only over the version that it names", async () => {
      const first = await put("version", "1");
      const second = await put("version", "2", { IfMatch: first.ETag });
      expect(httpStatus(await errorOf(put("version", "3", { IfMatch: first.ETag })))).to.equal(412);
      await put("version", "4", { IfMatch: second.ETag?.replaceAll('"', "") });
      expect(await read("version")).to.equal("4");
      const absent = await errorOf(put("no-version", "1", { IfMatch: first.ETag }));
      expect([absent.name, httpStatus(absent)]).to.deep.equal(["NoSuchKey", 404]);
    });

    it("If-Match deletes only the version that it names", async () => {
      const { ETag } = await put("lock", "mine");
      await put("lock", "another's");
      const input = { Bucket: BUCKET, Key: "lock", IfMatch: ETag };
      expect(httpStatus(await errorOf(s3.client.send(new DeleteObjectCommand(input))))).to.equal(412);
      expect(await read("lock")).to.equal("another's");
    });

    it("lets exactly one of many concurrent writers create an object", async () => {
      for (const key of ["race", "race/below", "race//odd"]) {
        const all = await Promise.allSettled(
          Array.from({ length: 20 }, (_, i) => put(key, `writer ${i}`, { IfNoneMatch: "*" })),
        );
        const winners = all.flatMap(({ status }, i) => (status === "fulfilled" ? [`writer ${i}`] : []));
        expect(winners).to.have.length(1);
        expect(await read(key)).to.equal(winners[0]);
      }
    });

    it("lets exactly one of many concurrent writers replace a version", async () => {
      const { ETag } = await put("fence", "0");
      const all = await Promise.allSettled(
        Array.from({ length: 20 }, (_, i) => put("fence", `writer ${i}`, { IfMatch: ETag })),
      );
      expect(all.filter(({ status }) => status === "fulfilled")).to.have.length(1);
    });
  });

  describe("errors", () => {
    const cases: Record<string, [() => Promise<unknown>, string, number]> = {
      "GET of a missing key": [() => read("missing"), "NoSuchKey", 404],
      "HEAD of a missing key": [
        () => s3.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "missing" })),
        "NotFound",
        404,
      ],
      "PUT to a missing bucket": [
        () => s3.client.send(new PutObjectCommand({ Bucket: "missing", Key: "x", Body: "" })),
        "NoSuchBucket",
        404,
      ],
      "HEAD of a missing bucket": [() => s3.client.send(new HeadBucketCommand({ Bucket: "missing" })), "NotFound", 404],
      "a folder of the store that is no bucket": [
        () => s3.client.send(new ListObjectsV2Command({ Bucket: ".sftp-sync" })),
        "NoSuchBucket",
        404,
      ],
      "a key over 1,024 bytes": [() => put("k".repeat(1025), ""), "KeyTooLongError", 400],
      "a condition on a HEAD, which is answered without a body": [
        () => s3.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "x", IfNoneMatch: '"etag"' })),
        "Unknown",
        501,
      ],
      "a condition on reading, which nobody here has": [
        () => s3.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: "x", IfMatch: '"etag"' })),
        "NotImplemented",
        501,
      ],
      "a condition that S3 does not know": [
        () => s3.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "x", Body: "", IfNoneMatch: '"etag"' })),
        "NotImplemented",
        501,
      ],
    };
    for (const [name, [request, code, status]] of Object.entries(cases)) {
      it(`${name} is ${code}`, async () => {
        const error = await errorOf(request());
        expect([error.name, httpStatus(error)]).to.deep.equal([code, status]);
      });
    }

    for (const header of ["content-md5", "x-amz-checksum-crc32", "x-amz-checksum-sha1", "x-amz-checksum-sha256"]) {
      it(`a body that does not have its ${header} is refused, and nothing is written`, async () => {
        const response = await signedFetch(s3.endpoint, `/${BUCKET}/bad-digest`, {
          method: "PUT",
          body: "hello",
          headers: { [header]: "AAAAAA==" },
        });
        expect(response.status).to.equal(400);
        expect(await response.text()).to.contain("<Code>BadDigest</Code>");
        expect(await s3.store.head(BUCKET, "bad-digest")).to.equal(undefined);
        expect(readdirSync(join(s3.directory, ".sftp-sync", "uploads"))).to.deep.equal([]);
      });
    }

    for (const [what, end] of [
      ["a wrong one", "x-amz-checksum-crc32:AAAAAA==\r\n"],
      ["none", ""],
    ] as const) {
      it(`a body in chunks that announces a checksum and ends with ${what} is refused`, async () => {
        const response = await signedFetch(s3.endpoint, `/${BUCKET}/bad-digest`, {
          method: "PUT",
          body: `5\r\nhello\r\n0\r\n${end}\r\n`,
          headers: {
            "content-encoding": "aws-chunked",
            "x-amz-decoded-content-length": "5",
            "x-amz-trailer": "x-amz-checksum-crc32",
          },
        });
        expect(await response.text()).to.contain("<Code>BadDigest</Code>");
        expect(await s3.store.head(BUCKET, "bad-digest")).to.equal(undefined);
      });
    }

    it("a key that is not UTF-8 is refused", async () => {
      expect((await signedFetch(s3.endpoint, `/${BUCKET}/%FF`)).status).to.equal(400);
    });
  });

  it("counts the HTTP requests by bucket, not the connector's writes", async () => {
    await s3.store.ensureBucket("counted");
    await s3.store.writeStream("counted", "x", Readable.from([Buffer.from("1")]));
    expect(s3.store.requests("counted")).to.equal(0);
    await s3.client.send(new HeadObjectCommand({ Bucket: "counted", Key: "x" }));
    await s3.client.send(new ListObjectsV2Command({ Bucket: "counted" }));
    await errorOf(s3.client.send(new HeadObjectCommand({ Bucket: "counted", Key: "y" })));
    expect(s3.store.requests("counted")).to.equal(3);
  });

  it("needs no more than AWS_ENDPOINT_URL, its secret and a Region", async () => {
    const settings = {
      AWS_ENDPOINT_URL: s3.endpoint.url,
      AWS_ACCESS_KEY_ID: "any",
      AWS_SECRET_ACCESS_KEY: s3.endpoint.secretAccessKey,
      AWS_REGION: "eu-west-1",
    };
    const restoreEnvironment = keepEnvironment();
    Object.assign(process.env, settings);
    try {
      const client = new S3Client({});
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "by-environment", Body: "x" }));
      client.destroy();
    } finally {
      restoreEnvironment();
    }
    expect(await read("by-environment")).to.equal("x");
  });
});
