import { expect } from "chai";
import { ask } from "../deployment/world/ask";
import { APPROVED } from "../deployment/world/cdktf-project";
import { differences, takeInventory } from "../deployment/world/inventory";
import { readSharedOutputs } from "../deployment/world/outputs";
import type { CloudWorld } from "./world";

export function describeRemoval(current: () => CloudWorld): void {
  describe("everything is destroyed", () => {
    let key = "";

    before(async () => {
      const { project } = current();
      key = (await readSharedOutputs(project.stacks)).key_arn;
      await project.npm("destroy", "*", "--skip-synth", APPROVED);
    });

    it("the account is empty, objects in the list-results bucket are gone too where forceDestroy is set", async () => {
      const { account, empty } = current();
      expect(differences(empty, await takeInventory(account.url))).to.deep.equal([]);
    });

    it("the key goes later: AWS deletes keys after a while only", async () => {
      const described = { service: "kms", target: "TrentService.DescribeKey", input: { KeyId: key } };
      expect(await ask(current().account.url, described)).to.contain("PendingDeletion");
    });

    it("the states are empty", () => {
      const { workspaces } = current().cloud.organization;
      const states = workspaces.map(({ name, state }) => [name, JSON.parse(state?.text ?? "").resources]);
      expect(states).to.have.deep.members([
        ["sftp-sync-shared", []],
        ["sftp-sync-server-partner", []],
        ["sftp-sync-server-small", []],
      ]);
    });
  });
}
