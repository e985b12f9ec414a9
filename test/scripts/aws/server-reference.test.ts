import { mkdirSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { namedServer } from "../../../scripts/commands/aws/access/server-reference";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { definitionFileOf, syncOf } from "./world";

describe("a server that a command on AWS is to work on", () => {
  const servers = join(tempFolder(), "servers");
  let own: string;
  let other: string;

  before(async () => {
    mkdirSync(join(servers, "newteam"), { recursive: true });
    own = await definitionFileOf("partner", [syncOf("orders")], {}, servers);
    // Comes before the other one in the order of files, and claims its name.
    const written = await definitionFileOf("partner", [syncOf("prices")], {}, join(servers, "newteam"));
    other = join(servers, "newteam", "newteam.yaml");
    await rename(written, other);
  });

  it("is not that of another file, whichever of the two is named", async () => {
    for (const [file, first] of [
      [other, own],
      [own, other],
    ] as const) {
      const error = await errorOf(namedServer(file, {}, servers));
      expect(error).to.be.instanceOf(UserError);
      expect(error.message)
        .to.match(/no valid definition:\n.* the server at .* has the name partner already/)
        .and.include(first);
    }
  });

  it("may be that of a file elsewhere", async () => {
    const file = await definitionFileOf("elsewhere", [syncOf("invoices")]);
    expect(await namedServer(file, {}, servers)).to.deep.include({ name: "elsewhere", nearest: "" });
  });

  it("is taken by its name, whatever its file", async () => {
    expect(await namedServer("partner", {}, servers)).to.include({ name: "partner" });
  });
});
