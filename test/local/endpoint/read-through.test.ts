import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { systemClock } from "../../../engine/ports/system-clock";
import { objectStore } from "../../../functions/aws/object-store";
import { startAwsEndpoint } from "../../../local/endpoint/aws-endpoint";
import { readingThrough } from "../../../local/endpoint/read-through";
import { S3Store } from "../../../local/s3/s3-store";
import { folderBase } from "../../../scripts/commands/preview/folder-base";
import { errorOf } from "../../support/errors";
import { filesBelow } from "../../support/files-below";
import { tempFolder } from "../../support/temp-folder";
import { clientSettings } from "../s3/s3-endpoint";

/** More than a page has. */
const OBJECTS = 1003;

describe("reading through to what lies elsewhere", () => {
  it("takes ledgers and targets from there, page by page, the rest from the store, and writes nothing there", async () => {
    const elsewhere = tempFolder();
    mkdirSync(join(elsewhere, "lake", "in", "deep"), { recursive: true });
    mkdirSync(join(elsewhere, "results", "ledger"), { recursive: true });
    const names = Array.from({ length: OBJECTS }, (_, index) => `f${String(index).padStart(4, "0")} ü.csv`);
    for (const name of names) {
      writeFileSync(join(elsewhere, "lake", "in", name), "alpha");
    }
    writeFileSync(join(elsewhere, "lake", "in", "deep", "z.csv"), "");
    writeFileSync(join(elsewhere, "results", "ledger", "one.json"), "{}");
    const before = filesBelow(elsewhere);
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("results");
    const around = readingThrough({
      base: folderBase(elsewhere),
      listResultsBucket: "results",
      targets: ["lake", "none"],
    });
    const endpoint = await startAwsEndpoint({ s3: store, services: {}, around });
    const client = new S3Client(clientSettings(endpoint));
    try {
      const objects = objectStore(client, systemClock);
      const listed = async (bucket: string, startAfter: string) => {
        const keys: string[] = [];
        for await (const { key } of objects.list(bucket, "in/", { startAfter, flat: true })) {
          keys.push(key);
        }
        return keys;
      };
      expect(await listed("lake", "in/f0000")).to.deep.equal(names.map((name) => `in/${name}`));
      expect(await listed("lake", `in/${names.at(-2)}`)).to.deep.equal([`in/${names.at(-1)}`]);
      expect(await listed("none", "")).to.deep.equal([]);
      expect(await objects.head("lake", `in/${names[0]}`)).to.include({ size: 5 });
      expect(await objects.head("lake", "in/other.csv")).to.equal(undefined);
      expect(await objects.read("results", "ledger/one.json")).to.have.property("text", "{}");
      expect(await objects.read("results", "ledger/two.json")).to.equal(undefined);
      await objects.write("results", "runs/one.json", "[]");
      expect(await objects.read("results", "runs/one.json")).to.have.property("text", "[]");
      expect((await errorOf(objects.write("lake", "in/new.csv", ""))).name).to.equal("AccessDenied");
      expect((await errorOf(objects.write("results", "ledger/one.json", ""))).name).to.equal("AccessDenied");
      expect(filesBelow(elsewhere)).to.deep.equal(before);
    } finally {
      client.destroy();
      await endpoint.close();
    }
  });
});
