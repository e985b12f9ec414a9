import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { readDefinition } from "../../config/definition/definition-file";
import { holdAgainst, listedPaths } from "../../scripts/commands/against";
import { againstText } from "../../scripts/commands/against-text";
import { listingText } from "../../scripts/commands/listing-text";
import { definition } from "../config/support";
import { expectReadable, fuzz, fuzzAsync } from "./support/fuzz";
import { anyText, mutated } from "./support/hostile";

const part = fc.constantFrom("a", "b", ".", "..", "a-b", "a b", "", "__proto__", "日本", "a.csv", "data", "in");
const line = fc.oneof(
  { weight: 3, arbitrary: fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/")) },
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`),
  fc.constantFrom(`${"a/".repeat(300)}b`, ""),
);
const lists = fc.oneof(
  { weight: 3, arbitrary: fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n")) },
  mutated(fc.array(line, { maxLength: 8 }).map((lines) => lines.join("\r\n"))),
);

const { definition: server } = readDefinition("x.yaml", JSON.stringify(definition()));

describe("hostile lists of paths", () => {
  it("lose nothing but empty lines and folders, by a reading of its own", () => {
    fuzz(lists, 200, (text) => {
      const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
      const isFolder = (one: string) =>
        one === "." || one.endsWith("/") || lines.some((other) => !other.endsWith("/") && other.startsWith(`${one}/`));
      expect(listedPaths(text)).to.deep.equal(lines.filter((one) => one !== "" && !isFolder(one)));
    });
  });

  it("are taken or left out path by path, and shown on lines of their own", () => {
    fuzz(lists, 100, (text) => {
      const paths = listedPaths(text);
      const against = holdAgainst(server === undefined ? [] : [server], paths);
      expect(against).to.have.lengthOf(1);
      for (const { taken, leftOut } of against) {
        expect([...taken, ...leftOut.map(({ path }) => path)].sort()).to.deep.equal([...paths].sort());
      }
      const shown = againstText(against);
      expect(shown.split("\n").length).to.be.at.most(50);
      expectReadable(shown, 200_000);
    });
  });

  it("are as long as they like: a deep path costs no more than its length", () => {
    expect(listedPaths(`${"a/".repeat(200_000)}b\na`)).to.have.lengthOf(1);
  });

  it("are refused in words where they are none", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fuzzing-"));
    const file = join(folder, "paths.txt");
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 50 }),
      fc
        .oneof(anyText, mutated(fc.constantFrom("-rw-r--r-- 1 a b 3 Jan 1 a\n", "2026-01-01 00:00:00 5 a", "a/b\nc\n")))
        .map((text) => Buffer.from(text)),
    );
    try {
      await fuzzAsync(bytes, 50, async (content) => {
        await writeFile(file, content);
        try {
          expect(await listingText(file)).to.be.a("string");
        } catch (error) {
          expect(error).to.have.property("name", "UserError");
          expectReadable((error as Error).message);
        }
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
