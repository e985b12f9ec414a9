import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { copyProject, EVERY_COMMAND } from "../support/project-copy";
import { addStack } from "../support/synthesized-stack";
import { tempFolder } from "../support/temp-folder";
import { atTerminal, CTRL_C } from "../support/terminal";
import { terraformIn, terraformObstacle } from "../support/terraform";

const obstacle = terraformObstacle();

/** Stacks of one resource each, which needs no provider, and a real terminal. */
(obstacle === undefined ? describe : describe.skip)(
  `npm run deploy at a terminal${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  () => {
    const folder = join(tempFolder(), "project");
    const commands = new AbortController();

    const state = (name: string) => join(folder, `terraform.${name}.tfstate`);

    const write = (name: string, input: unknown) =>
      addStack(folder, {
        name,
        terraform: { backend: { local: { path: `../../../terraform.${name}.tfstate` } } },
        input,
      });

    const run = (command: string, ...args: string[]) =>
      atTerminal(
        { folder, environment: terraformIn({ dir: folder }).environment, signal: commands.signal },
        command,
        ...args,
        "--skip-synth",
      );

    before(() => {
      copyProject(folder, EVERY_COMMAND);
      for (const name of ["shared", "server-a", "server-b"]) {
        write(name, "first");
      }
    });

    after(() => commands.abort());

    it("takes the end of the input for a no", async () => {
      const deployment = run("deploy");
      await deployment.printed("Only yes is taken");
      deployment.type("\x04");
      const { code, printed } = await deployment.ended;
      expect(code, printed).to.equal(1);
      expect(printed).to.contain("Not deployed: shared, server-a, server-b");
      expect(existsSync(state("shared"))).to.equal(false);
    });

    it("takes anything but yes for a no, and applies nothing", async () => {
      const deployment = run("deploy");
      await deployment.printed("Only yes is taken");
      deployment.type("y\r");
      const { code, printed } = await deployment.ended;
      expect(code).to.equal(1);
      expect(printed).to.contain("Not deployed: shared, server-a, server-b");
      expect(printed).to.contain("shared  1 to add").and.to.contain("outputs  new: data");
      expect(existsSync(state("shared"))).to.equal(false);
    });

    it("ends at Ctrl-C, applies nothing and leaves no lock", async () => {
      const deployment = run("deploy");
      await deployment.printed("Only yes is taken");
      deployment.type(CTRL_C);
      const { code } = await deployment.ended;
      expect(code).to.equal(130);
      expect(existsSync(state("shared"))).to.equal(false);
    });

    it("asks once for the shared stack, which has to be there first, and once for all servers", async () => {
      const deployment = run("deploy");
      await deployment.printed("Apply this plan: shared?");
      await deployment.printed("Only yes is taken");
      deployment.type("yes\r");
      await deployment.printed("Apply these 2 plans: server-a, server-b?");
      await deployment.printed("Only yes is taken");
      deployment.type("yes\r");
      const { code, printed } = await deployment.ended;
      expect(code, printed).to.equal(0);
      expect(["shared", "server-a", "server-b"].map(state).filter(existsSync)).to.have.lengthOf(3);
    });

    it("asks for nothing where nothing is to do", async () => {
      const { code, printed } = await run("deploy").ended;
      expect(code).to.equal(0);
      expect(printed).to.contain("server-b  up to date").and.not.to.contain("Only yes is taken");
    });

    it("applies what was approved of, whatever is synthesized meanwhile", async () => {
      write("server-a", "second");
      const deployment = run("deploy", "server-*");
      await deployment.printed("Only yes is taken");
      write("server-a", "third");
      deployment.type("yes\r");
      expect((await deployment.ended).code).to.equal(0);
      expect(readFileSync(state("server-a"), "utf8"))
        .to.contain("second")
        .and.not.to.contain("third");
    });

    it("shows one summary of stacks that are up to date, changed and failed, and applies the changed ones", async () => {
      write("server-b", "$" + "{no.such}");
      const deployment = run("deploy");
      await deployment.printed("Apply this plan: server-a?");
      await deployment.printed("Only yes is taken");
      deployment.type("yes\r");
      const { code, printed } = await deployment.ended;
      expect(code).to.equal(1);
      expect(printed).to.match(
        /shared {4}up to date\s+server-a {2}1 to change\s+outputs {2}changed: data\s+server-b {2}could not be planned/,
      );
      expect(printed).to.contain("Reference to undeclared resource").and.to.contain("Not deployed: server-b");
      expect(readFileSync(state("server-a"), "utf8")).to.contain("third");
    });

    it("destroys servers and then the shared stack, once somebody has approved", async () => {
      write("server-b", "first");
      const removal = run("destroy", "server-*");
      await removal.printed("Destroy server-a, server-b? There is no undo.");
      await removal.printed("Only yes is taken");
      removal.type("yes\r");
      const { code, printed } = await removal.ended;
      expect(code).to.equal(0);
      expect(printed).to.contain("destroy  terraform_data.data").and.to.contain("Secrets Manager keeps");
      expect(readFileSync(state("server-a"), "utf8")).not.to.contain("terraform_data");
      expect(readFileSync(state("shared"), "utf8")).to.contain("terraform_data");
    });
  },
);
