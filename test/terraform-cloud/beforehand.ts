import { expect } from "chai";
import { APPROVED } from "../deployment/world/cdktf-project";
import { errorOf } from "../support/errors";
import type { CloudWorld } from "./world";

export function describeBeforehand(current: () => CloudWorld): void {
  describe("what cannot end well is refused before a run is started", () => {
    afterEach(() => {
      expect(current().cloud.organization.runs).to.deep.equal([]);
    });

    it("a deployment that nobody could approve of", async () => {
      const { message } = await errorOf(current().project.npm("deploy", "shared"));
      expect(message).to.contain("ended with 2").and.to.contain("the same command with --yes");
    });

    it("a server without the shared stack, which has its workspace in the project then", async () => {
      const { message } = await errorOf(current().project.npm("deploy", "server-partner", APPROVED));
      expect(message).to.contain("ended with 2").and.to.contain("Next: npx sftp-sync deploy shared");
      const { workspaces } = current().cloud.organization;
      expect(workspaces.map(({ name, project }) => [name, project.name])).to.deep.equal([
        ["sftp-sync-shared", "partner-feeds"],
      ]);
    });
  });
}
