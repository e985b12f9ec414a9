import { expect } from "chai";
import { addStack } from "../support/synthesized-stack";
import { type AtTerminal, atTerminal, CTRL_C } from "../support/terminal";
import type { Run } from "./service/run";
import { cloudBlock } from "./small-stack";
import type { CloudWorld } from "./world";

/** Enough for what is Terraform's and the commands' own. */
const STACK = "server-small";

export function describeApproval(current: () => CloudWorld): void {
  describe("a stack that is deployed at a terminal", () => {
    before(() => {
      addStack(current().project.folder, { name: STACK, terraform: cloudBlock(STACK), input: "small" });
    });

    /** @returns the command, which has asked whether to apply the plan. */
    const deploy = async (): Promise<AtTerminal> => {
      const { project, signal } = current();
      const { folder, environment } = project;
      const command = atTerminal({ folder, environment, signal }, "deploy", STACK, "--skip-synth");
      await command.printed(`Apply this plan: ${STACK}?`);
      await command.printed("Only yes is taken");
      return command;
    };

    const workspace = () => current().cloud.organization.workspace(`sftp-sync-${STACK}`);

    const lastRun = (): Run => {
      const run = workspace().runs.at(-1);
      if (run === undefined) {
        throw new Error("there is no run");
      }
      return run;
    };

    it("and not approved of: the saved plan keeps no other run from going on", async () => {
      const { type, ended } = await deploy();
      type("no\r");
      const { code, printed } = await ended;
      expect(printed).to.contain("1 to add").and.to.contain(`Not deployed: ${STACK}`);
      expect(code).to.equal(1);
      expect(lastRun()).to.include({ isSaved: true, status: "planned_and_saved" });
      expect(workspace()).to.include({ currentRun: undefined, isLocked: false });
    });

    it("and interrupted", async () => {
      const { type, ended } = await deploy();
      type(CTRL_C);
      expect(await ended).to.include({ code: 130 });
      expect(workspace()).to.include({ currentRun: undefined, isLocked: false });
    });

    it("and discarded on the service's pages meanwhile: the command says so, and fails", async () => {
      const { type, ended } = await deploy();
      current().cloud.organization.discard(lastRun());
      type("yes\r");
      const { code, printed } = await ended;
      expect(printed).to.contain("Saved plan is discarded").and.to.contain(`Not deployed: ${STACK}`);
      expect(code).to.equal(1);
    });

    it("and approved of on the service's pages meanwhile: a yes is too late, and fails nothing", async () => {
      const { type, ended } = await deploy();
      const run = lastRun();
      const { organization } = current().cloud;
      organization.approve(run);
      type("yes\r");
      const { code, printed } = await ended;
      expect(printed).to.contain("was applied on the service's pages meanwhile").and.not.to.contain("Not deployed");
      expect(code).to.equal(0);
      expect(run.status).to.equal("applied");
      // So that the next one has something to do.
      addStack(current().project.folder, { name: STACK, terraform: cloudBlock(STACK), input: "small again" });
    });

    it("and approved of: that very run is applied, and what was planned before is discarded", async () => {
      const { type, ended } = await deploy();
      const run = lastRun();
      type("yes\r");
      expect(await ended).to.include({ code: 0 });
      expect(lastRun()).to.equal(run);
      expect(run.status).to.equal("applied");
      expect(workspace().runs.filter(({ isOver }) => !isOver)).to.deep.equal([]);
    });
  });
}
