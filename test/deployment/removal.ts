import { expect } from "chai";
import { listsWith, takeInventory } from "./world/inventory";
import type { PlainWorld } from "./world/plain-world";

/** The lists in which a server appears under its name. */
const LISTS_WITH_A_SERVER = [
  "alarms",
  "dashboards",
  "functions",
  "log groups",
  "parameters",
  "roles",
  "schedule groups",
  "schedules",
  "secrets",
  "state machines",
];

export function describeRemoval(current: () => PlainWorld): void {
  describe("a server that is removed", () => {
    it("is destroyed while its definition is there, and leaves nothing", async () => {
      const { account, outputs, stacks } = current();
      const { connector_id } = outputs.partnerB;
      const before = await takeInventory(account.url);
      expect(listsWith(before, "partner-b")).to.have.members(LISTS_WITH_A_SERVER);
      expect(listsWith(before, connector_id)).to.include.members(["connectors", "log groups"]);
      await stacks.destroy("server-partner-b");
      expect(await stacks.stateList("server-partner-b")).to.deep.equal([]);
      const after = await takeInventory(account.url);
      expect(listsWith(after, "partner-b")).to.deep.equal([]);
      expect(listsWith(after, connector_id)).to.deep.equal([]);
    });

    it("is no concern of the others when its definition is gone", async () => {
      const { partnerA, project, stacks } = current();
      const without = await project.variant("without-partner-b", [partnerA]);
      expect(without.text("shared")).to.equal(stacks.text("shared"));
    });
  });
}
