import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { runCommand } from "../../support/command";
import { errorOf } from "../../support/errors";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { addStack } from "../../support/synthesized-stack";
import { tempFolder } from "../../support/temp-folder";
import { terraformIn, terraformObstacle } from "../../support/terraform";

const obstacle = terraformObstacle();

const STACKS = ["shared", "server-a"];

const PLAN = "0 to add, 1 to change, 0 to destroy";

/** Stacks of one resource each, which needs no provider. */
(obstacle === undefined ? describe : describe.skip)(
  `commands with local state${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  () => {
    const folder = join(tempFolder(), "project");

    const write = (name: string, input: unknown) =>
      addStack(folder, {
        name,
        terraform: { backend: { local: { path: `../../../terraform.${name}.tfstate` } } },
        input,
      });

    const npm = (command: string, ...args: string[]) =>
      runCommand("npm", ["run", "--silent", command, "--", ...args, "--skip-synth"], {
        cwd: folder,
        // In CI the cdktf command draws no spinner.
        env: { ...terraformIn({ dir: folder }).environment, CI: "true" },
      });

    before(() => {
      copyProject(folder, EVERY_COMMAND);
      for (const stack of STACKS) {
        write(stack, "as it was");
      }
    });

    it("npm run deploy deploys every stack", async () => {
      await npm("deploy", "--auto-approve", "--skip-provider-lock");
      expect(STACKS.filter((stack) => existsSync(join(folder, `terraform.${stack}.tfstate`)))).to.deep.equal(STACKS);
    });

    it("npm run diff plans one that is named", async () => {
      const printed = await npm("diff", "server-a", "--skip-provider-lock");
      expect(printed)
        .to.contain("No changes.")
        .and.to.contain("server-a  up to date")
        .and.not.to.match(/shared/);
    });

    it("npm run drift prints Markdown and nothing else, with exit code 0 where nothing differs", async () => {
      expect(await npm("drift")).to.equal(
        "# Drift\n\n| stack | plan |\n| --- | --- |\n| shared | no changes |\n| server-a | no changes |\n",
      );
    });

    it("with exit code 2 where something differs, and with options of terraform plan", async () => {
      write("server-a", "as it should be");
      const { message } = await errorOf(npm("drift", "server-*", "-lock=false"));
      expect(message).to.contain("ended with 2").and.to.contain(`| server-a | ${PLAN} |`);
      expect(message).to.contain("- `terraform_data.data` will be updated in-place");
      expect(message).not.to.contain("| shared |");
    });

    it("with exit code 1 where a stack cannot be planned, and tells of the others all the same", async () => {
      write("shared", "$" + "{no.such}");
      const { message } = await errorOf(npm("drift"));
      expect(message).to.contain("ended with 1").and.to.contain("| shared | could not be planned |");
      expect(message).to.contain(`| server-a | ${PLAN} |`).and.to.contain("Reference to undeclared resource");
    });

    it("with exit code 1 for a name that no stack has: 2 would mean changes", async () => {
      const { message } = await errorOf(npm("drift", "server-b"));
      expect(message).to.contain("ended with 1").and.to.contain("There is no stack server-b");
    });
  },
);
