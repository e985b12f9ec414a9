import { expect } from "chai";
import { APPROVED, SKIP_LOCK } from "../deployment/world/cdktf-project";
import { listsWith, takeInventory } from "../deployment/world/inventory";
import type { CloudWorld } from "./world";

export function describeRemoval(current: () => CloudWorld): void {
  describe("everything is destroyed", () => {
    before(async () => {
      await current().project.npm("destroy", "*", "--skip-synth", APPROVED, SKIP_LOCK);
    });

    it("and nothing is left, in the account or in the states", async () => {
      const { account, cloud } = current();
      // The key, which has an alias of that name, stays for a while without it.
      expect(listsWith(await takeInventory(account.url), "sftp-sync")).to.deep.equal([]);
      const states = cloud.organization.workspaces.map(({ state }) => JSON.parse(state?.text ?? "{}"));
      expect(states.map(({ resources }) => resources)).to.deep.equal([[], []]);
    });
  });
}
