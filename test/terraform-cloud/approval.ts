import { expect } from "chai";
import { SKIP_LOCK } from "../deployment/world/cdktf-project";
import { addStack } from "../support/synthesized-stack";
import type { Run } from "./service/run";
import { cloudBlock } from "./small-stack";
import { type AtTerminal, atTerminal } from "./terminal";
import type { CloudWorld } from "./world";

export function describeApproval(current: () => CloudWorld): void {
  describe("one stack is deployed at a terminal", () => {
    before(() => {
      // Enough for what is Terraform's and the cdktf command's own.
      addStack(current().project.folder, {
        name: "server-small",
        terraform: cloudBlock("server-small"),
        input: "small",
      });
    });

    const deploy = async (stack: string): Promise<AtTerminal> => {
      const { project, signal } = current();
      const command = atTerminal(project, signal, "deploy", "--", stack, "--skip-synth", SKIP_LOCK);
      await command.asked;
      return command;
    };

    const lastRun = (stack: string): Run => {
      const run = current().cloud.organization.workspace(`sftp-sync-${stack}`).runs.at(-1);
      if (run === undefined) {
        throw new Error("there is no run");
      }
      return run;
    };

    it("and discarded on the service's pages: the command says so, and fails", async () => {
      const { ended } = await deploy("server-small");
      current().cloud.organization.discard(lastRun("server-small"));
      const { code, printed } = await ended;
      expect(printed).to.contain("Not deployed: server-small");
      expect(code).to.equal(1);
    });

    it("and approved of on the service's pages", async () => {
      const { ended } = await deploy("server-partner");
      current().cloud.organization.approve(lastRun("server-partner"));
      expect(await ended).to.include({ code: 0 });
      expect(lastRun("server-partner").status).to.equal("applied");
    });
  });
}
