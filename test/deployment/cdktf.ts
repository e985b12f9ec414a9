import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import type { CdktfLife } from "./world/cdktf-life";
import { differences, listsWith } from "./world/inventory";

export function describeCdktf(current: () => Promise<CdktfLife>): void {
  describe("with the project's commands", () => {
    let life: CdktfLife;

    before(async () => {
      life = await current();
    });

    it("everything is deployed: zips, settings and stacks travel together", () => {
      expect(life.run).to.include({ status: "SUCCEEDED" });
      expect(life.copied).to.equal("alpha");
    });

    it("nothing is left to do: each stack has a plan without changes", () => {
      const plans = stripVTControlCharacters(life.secondPlans);
      for (const stack of ["shared", "server-partner"]) {
        expect(plans).to.match(new RegExp(`^${stack}\\s+No changes\\.`, "m"));
      }
      expect(plans).not.to.match(/Plan: \d+ to add/);
    });

    it("a server is destroyed before its definition goes, and nothing of it is left", () => {
      expect(listsWith(life.deployed, "partner")).not.to.be.empty;
      expect(listsWith(life.withoutServer, "partner")).to.deep.equal([]);
    });

    it("everything is destroyed, objects in the list-results bucket too where forceDestroy is set", () => {
      const { empty, deployed, destroyed, addresses, key } = life;
      expect(differences(empty, deployed)).to.have.members([...empty.keys()]);
      expect(differences(empty, destroyed)).to.deep.equal([]);
      expect(addresses).to.deep.equal([]);
      // AWS deletes keys after a while only.
      expect(key).to.contain("PendingDeletion");
    });
  });
}
