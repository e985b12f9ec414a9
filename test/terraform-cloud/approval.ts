import { expect } from "chai";
import { SKIP_LOCK } from "../deployment/world/cdktf-project";
import type { Run } from "./service/run";
import { atTerminal } from "./terminal";
import type { CloudWorld } from "./world";

const SERVER = ["deploy", "--", "server-partner", "--skip-synth", SKIP_LOCK];

export function describeApproval(current: () => CloudWorld): void {
  describe("one server is deployed at a terminal", () => {
    const lastRun = (): Run => {
      const run = current().cloud.organization.workspace("sftp-sync-server-partner").runs.at(-1);
      if (run === undefined) {
        throw new Error("there is no run");
      }
      return run;
    };

    const deploy = async () => {
      const command = atTerminal(current().project, current().signal, ...SERVER);
      await command.asked;
      return command;
    };

    it("and discarded on the service's pages: the command says so, and fails", async () => {
      const { ended } = await deploy();
      current().cloud.organization.discard(lastRun());
      const { code, printed } = await ended;
      expect(printed).to.contain("Not deployed: server-partner");
      expect(code).to.equal(1);
    });

    it("and approved of there", async () => {
      const { ended } = await deploy();
      current().cloud.organization.approve(lastRun());
      expect(await ended).to.include({ code: 0 });
      expect(lastRun().status).to.equal("applied");
    });
  });
}
