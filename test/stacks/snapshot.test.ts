import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { loadDefinitionFiles } from "../../config/load-definitions";
import { synthTexts } from "./support";

const EXAMPLE = join(__dirname, "..", "..", "servers", "example.yaml");

/**
 * What `servers/example.yaml` becomes, as a whole: a reviewer of a change sees here what it does to a deployment. After a
 * change that is meant: `UPDATE_SNAPSHOTS=1 npm test`.
 */
describe("the stacks of servers/example.yaml", () => {
  for (const id of ["shared", "server-partner-a"]) {
    it(`are synthesized as in ${id}.snap.json`, async () => {
      const { definitions } = await loadDefinitionFiles([EXAMPLE]);
      const actual: unknown = JSON.parse(synthTexts({ definitions }).get(id) ?? "null");
      const file = join(__dirname, `${id}.snap.json`);
      if (process.env.UPDATE_SNAPSHOTS === "1") {
        writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`);
      }
      expect(actual).to.deep.equal(JSON.parse(readFileSync(file, "utf8")));
    });
  }
});
