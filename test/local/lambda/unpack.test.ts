import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { strToU8, zipSync } from "fflate";
import { unpackFunction } from "../../../local/lambda/unpack";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";

describe("unpackFunction", () => {
  function zipOf(entries: Readonly<Record<string, string>>): string {
    const file = join(tempFolder(), "function.zip");
    const content = Object.entries(entries).map(([name, text]) => [name, strToU8(text)]);
    writeFileSync(file, zipSync(Object.fromEntries(content)));
    return file;
  }

  it("unpacks a zip once, into a folder of its own", async () => {
    const root = tempFolder();
    const zip = zipOf({ "index.mjs": "1", "folder/file": "2" });
    const folders = await Promise.all([unpackFunction(zip, root), unpackFunction(zip, root)]);
    folders.push(await unpackFunction(zip, root));
    expect(new Set(folders).size).to.equal(1);
    expect(readFileSync(join(String(folders[0]), "folder/file"), "utf8")).to.equal("2");
    expect(readdirSync(root)).to.have.lengthOf(1);
  });

  it("leaves nothing of one that cannot be unpacked", async () => {
    const root = tempFolder();
    const error = await errorOf(unpackFunction(zipOf({ "index.mjs": "1", "../outside": "2" }), root));
    expect(error.message).to.include('an entry outside its own folder: "../outside"');
    expect(readdirSync(root)).to.deep.equal([]);
  });
});
