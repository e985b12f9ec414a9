import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { namedStacks } from "../../../scripts/stacks/named-stacks";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";

describe("the stacks that a command line names", () => {
  const folder = tempFolder();

  it("may be named by the file of a definition", async () => {
    const file = join(folder, "partner.yaml");
    copyFileSync("servers/example.yaml", file);
    expect(await namedStacks(["shared", file, "par*"])).to.deep.equal(["shared", "server-partner-a", "par*"]);
  });

  for (const [what, name, text] of [
    ["holds no definition", "wrong.yaml", "Name: ["],
    ["is not there", "nowhere.yaml", undefined],
  ] as const) {
    it(`are told where a file ${what}`, async () => {
      const file = join(folder, name);
      if (text !== undefined) {
        writeFileSync(file, text);
      }
      const error = await errorOf(namedStacks([file]));
      expect(error)
        .to.be.instanceOf(UserError)
        .with.property("message")
        .that.contains(`${name} holds no valid definition`);
    });
  }
});
