import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { strFromU8, unzipSync } from "fflate";
import { buildFunctions } from "../../../scripts/build/build-functions";
import { makeUpProject } from "../../support/made-up-project";

const MIT = "MIT License\n\nPermission is hereby granted";

describe("the notices in a function's zip", () => {
  async function build(root: string) {
    const [built] = await buildFunctions({ root, outDir: join(root, "dist") });
    const files = unzipSync(readFileSync(built?.zip ?? ""));
    return { built, notices: strFromU8(files["THIRD-PARTY-NOTICES"] ?? new Uint8Array()) };
  }

  it("name the packages whose code is in the bundle, with the texts of their licences once each", async () => {
    const root = makeUpProject({
      dependencies: [
        { name: "two", fields: { license: "MIT" }, files: { LICENSE: `${MIT}\n` } },
        {
          name: "@scope/one",
          fields: { license: "MIT" },
          files: { "license.md": `\r\n${MIT.replaceAll("\n", "  \r\n")}` },
        },
        {
          name: "old",
          fields: { licenses: [{ type: "MIT" }, { type: "Apache-2.0" }] },
          files: { "LICENCE-MIT": "old's own", NOTICE: "made by old" },
        },
        { name: "bare" },
        { name: "not-used", fields: { license: "ISC" }, files: { LICENSE: "no word of this" } },
        { name: "not-imported", fields: { license: "ISC" }, files: { LICENSE: "nor of this" } },
      ],
      handler: `
        import { answer as one } from "@scope/one";
        import { answer as two } from "two";
        import { answer as old } from "old";
        import { answer as bare } from "bare";
        import { unused } from "not-used";
        export const handler = () => [one(), two(), old(), bare()];`,
    });
    const { built, notices } = await build(root);
    const rule = "-".repeat(80);
    expect(notices).to.equal(
      "all.zip contains code of these packages from npm's registry:\n\n" +
        "  @scope/one@1.0.0 (MIT)\n" +
        "  bare@1.0.0 (no licence declared, no licence text in its archive)\n" +
        "  old@1.0.0 ((MIT OR Apache-2.0))\n" +
        "  two@1.0.0 (MIT)\n" +
        `\n${rule}\n@scope/one@1.0.0\ntwo@1.0.0\n\n${MIT}\n` +
        `\n${rule}\nold@1.0.0\n\nold's own\n` +
        `\n${rule}\nold@1.0.0\n\nmade by old\n`,
    );
    expect(built?.sources).to.include.members(["node_modules/two/LICENSE", "node_modules/two/package.json"]);
  });

  it("change the zip when a licence does", async () => {
    const root = (text: string) =>
      makeUpProject({
        dependencies: [{ name: "two", files: { LICENSE: text } }],
        handler: 'import { answer } from "two"; export const handler = answer;',
      });
    const zips = await Promise.all(
      ["one text", "one text", "another"].map(async (text) => (await build(root(text))).built),
    );
    expect(new Set(zips.map((built) => built?.sha256)).size).to.equal(2);
  });

  it("say so where there is nothing of others", async () => {
    const { notices } = await build(makeUpProject({ handler: "export const handler = () => 1;" }));
    expect(notices).to.equal("all.zip contains no code of other packages.\n");
  });
});
