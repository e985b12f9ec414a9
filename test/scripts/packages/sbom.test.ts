import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { runCommand } from "../../support/command";
import { makeUpProject } from "../../support/made-up-project";

const ROOT = resolve(__dirname, "../../..");

const billSchema = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  metadata: z.looseObject({ component: z.object({ name: z.string() }) }),
  components: z.array(
    z.object({
      purl: z.string(),
      licenses: z.array(z.unknown()).optional(),
      properties: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

describe("npm run sbom", function () {
  this.timeout(120_000);
  const project = makeUpProject({
    dependencies: [
      { name: "bundled", fields: { license: "MIT" } },
      { name: "beside", fields: { license: "ISC" } },
    ],
    devDependencies: [{ name: "tool", fields: { license: "MIT" } }],
    handler: 'import { answer } from "bundled"; export const handler = answer;',
  });
  const write = () => runCommand("npm", ["run", "--silent", "sbom", "--", project], { cwd: ROOT, env: process.env });
  const texts = () =>
    ["runtime", "functions"].map((name) => readFileSync(join(project, "dist", "sbom", `${name}.cdx.json`), "utf8"));

  it("writes what runs and what is in the zips, and not what is for development", async () => {
    expect(await write()).to.match(/runtime\.cdx\.json {2}2 packages\n.*functions\.cdx\.json {2}1 packages\n$/);
    const [runtime, functions] = texts().map((text) => billSchema.parse(JSON.parse(text)));
    expect(runtime?.metadata.component.name).to.equal("made-up");
    expect(runtime?.components.map(({ purl }) => purl)).to.have.members([
      "pkg:npm/bundled@1.0.0",
      "pkg:npm/beside@1.0.0",
    ]);
    expect(functions?.components.map(({ purl, licenses }) => ({ purl, licenses }))).to.deep.equal([
      { purl: "pkg:npm/bundled@1.0.0", licenses: [{ license: { id: "MIT" } }] },
    ]);
    expect(functions?.components[0]?.properties).to.deep.include({
      name: "sftp-to-s3-sync:bundled-into",
      value: "all",
    });
    expect(functions?.dependencies).to.deep.include({ ref: "made-up@1.0.0", dependsOn: ["bundled@1.0.0"] });
  });

  it("writes the same bytes again", async () => {
    const before = texts();
    await write();
    expect(texts()).to.deep.equal(before);
  });
});
