import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { readDefinition } from "../../config/definition/definition-file";
import { definitionSchema } from "../../config/definition/form/definition-schema";
import { valueAt } from "../../config/problems/path";
import { fieldNames } from "../../config/problems/schema-fields";
import { generatedFiles } from "../../scripts/generate-schema";

const ROOT = join(__dirname, "../..");

describe("generated files", () => {
  for (const [file, text] of Object.entries(generatedFiles())) {
    it(`${file} is what the schemas give (npx tsx scripts/generate-schema.ts)`, () => {
      expect(readFileSync(join(ROOT, file), "utf8")).to.equal(text);
    });
  }
});

describe("servers/example.yaml", () => {
  const text = readFileSync(join(ROOT, "servers/example.yaml"), "utf8");
  /** With the fields that only some definitions may have, and which would do harm in a copy that keeps them. */
  const complete = text.replace(/^# (?=FormerName: )/m, "");

  it("tells editors where the schema is", () => {
    expect(text.split("\n")[0]).to.equal("# yaml-language-server: $schema=./server.schema.json");
  });

  for (const path of [
    [],
    ["SyncSettings", 1],
    ["SyncSettings", 1, "LocalRepository"],
    ["SyncSettings", 1, "RemoteFolders"],
  ]) {
    it(`shows every field of ${path.join(".") || "the definition"}`, () => {
      const shown = valueAt(parse(complete), path);
      const fields = fieldNames(definitionSchema, path).filter((name) => name !== "$schema");
      expect(Object.keys(shown ?? {})).to.have.members(fields);
    });
  }

  it("is valid with its fields for some definitions too", () => {
    expect(parse(complete)).to.include({ FormerName: "partner-alpha" });
    expect(readDefinition("example.yaml", complete).problems).to.deep.equal([]);
  });
});
