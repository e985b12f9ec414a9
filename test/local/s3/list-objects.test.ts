import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ListObjectsV2Command, type ListObjectsV2CommandInput, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { compareUtf8 } from "../../../local/s3/utf8-order";
import { pick, randomNumbers } from "../../support/random";
import { BUCKET, type LocalS3, startS3 } from "./s3-endpoint";
import { signedFetch } from "./signed-fetch";

/** What S3 would list, worked out the slow way. */
function expectedListing(keys: readonly string[], prefix: string, delimiter: string, startAfter: string) {
  const objects: string[] = [];
  const prefixes = new Set<string>();
  for (const key of keys.filter((key) => key.startsWith(prefix) && compareUtf8(key, startAfter) > 0)) {
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) {
      objects.push(key);
    } else {
      prefixes.add(key.slice(0, end + delimiter.length));
    }
  }
  return { objects, prefixes: [...prefixes] };
}

describe("ListObjectsV2", () => {
  let s3: LocalS3;
  let keys: string[];
  before(async () => {
    s3 = await startS3();
    const random = randomNumbers(5);
    const names = ["a", "a-", "a.b", "b", "", "..", "é", "\u{1F600}", "\uFFFD", " ", "+%"];
    const made = Array.from({ length: 300 }, () =>
      Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(random, names)).join("/"),
    );
    keys = [...new Set(made)].filter((key) => key !== "").sort(compareUtf8);
    for (const key of keys) {
      await s3.store.put(BUCKET, key, "");
    }
  });
  after(() => s3.close());

  async function listAll(input: Omit<ListObjectsV2CommandInput, "Bucket">) {
    const objects: string[] = [];
    const prefixes: string[] = [];
    for await (const page of paginateListObjectsV2({ client: s3.client }, { Bucket: BUCKET, ...input })) {
      expect(page.KeyCount).to.be.at.most(input.MaxKeys ?? 1000);
      objects.push(...(page.Contents ?? []).map(({ Key = "" }) => Key));
      prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix));
    }
    return { objects, prefixes };
  }

  for (const prefix of ["", "a", "a/", "a/a", "/", "\u{1F600}", "é/", "../", "none"]) {
    for (const delimiter of ["", "/", "-", "a"]) {
      for (const maxKeys of [1000, 7, 1]) {
        it(`lists "${prefix}" by "${delimiter}" in pages of ${maxKeys}`, async () => {
          const listed = await listAll({
            Prefix: prefix,
            MaxKeys: maxKeys,
            ...(delimiter === "" ? {} : { Delimiter: delimiter }),
          });
          expect(listed).to.deep.equal(expectedListing(keys, prefix, delimiter, ""));
        });
      }
    }
  }

  it("starts after a key, whether it exists or not", async () => {
    for (const startAfter of ["a", "a/a", "a/zzz", "\u{1F600}", "a/\u{10FFFF}"]) {
      const listed = await listAll({ StartAfter: startAfter, MaxKeys: 10 });
      expect(listed.objects, startAfter).to.deep.equal(expectedListing(keys, "", "", startAfter).objects);
    }
  });

  it("encodes keys for clients that ask for it", async () => {
    const input = { Bucket: BUCKET, Prefix: "+%", EncodingType: "url" } as const;
    const { Contents, EncodingType } = await s3.client.send(new ListObjectsV2Command(input));
    expect(EncodingType).to.equal("url");
    expect(Contents?.[0]?.Key).to.equal("%2B%25");
  });

  it("lists nothing when no keys are wanted", async () => {
    const answer = await s3.client.send(new ListObjectsV2Command({ Bucket: BUCKET, MaxKeys: 0 }));
    expect([answer.KeyCount, answer.IsTruncated]).to.deep.equal([0, false]);
  });

  it("refuses a token that it did not give", async () => {
    const response = await signedFetch(s3.endpoint, `/${BUCKET}?list-type=2&continuation-token=nonsense`);
    expect(response.status).to.equal(400);
  });

  it("lists folders of tens of thousands of files, and files that others put there", async () => {
    await s3.store.ensureBucket("large");
    for (let folder = 0; folder < 3; folder++) {
      const path = join(s3.directory, "large", `folder-${folder}`);
      mkdirSync(path);
      for (let file = 0; file < 10_000; file++) {
        writeFileSync(join(path, `file-${file}`), "");
      }
    }
    let count = 0;
    let last = "";
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client: s3.client },
      { Bucket: "large", Prefix: "folder-1/" },
    )) {
      for (const { Key = "" } of Contents) {
        expect(compareUtf8(last, Key)).to.be.below(0);
        last = Key;
        count += 1;
      }
    }
    expect(count).to.equal(10_000);
    const answer = await s3.client.send(new ListObjectsV2Command({ Bucket: "large", Delimiter: "/" }));
    expect(answer.CommonPrefixes?.map(({ Prefix }) => Prefix)).to.deep.equal(["folder-0/", "folder-1/", "folder-2/"]);
  });
});
