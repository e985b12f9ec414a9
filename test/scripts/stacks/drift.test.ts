import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { runCommand } from "../../support/command";
import { errorOf } from "../../support/errors";
import { copyProject } from "../../support/project-copy";
import { tempFolder } from "../../support/temp-folder";
import { terraformIn, terraformObstacle } from "../../support/terraform";

const obstacle = terraformObstacle();

const STACKS = ["shared", "server-a"];

/** Stacks with local state, of one resource each, which needs no provider; drift is Terraform's to find. */
(obstacle === undefined ? describe : describe.skip)(
  `npm run drift with local state${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  () => {
    const folder = join(tempFolder(), "project");
    const stackFolder = (stack: string) => join(folder, "cdktf.out", "stacks", stack);

    const write = (stack: string, input: unknown) => {
      const terraform = { backend: { local: { path: `../../../terraform.${stack}.tfstate` } } };
      const resource = { terraform_data: { region: { input } } };
      mkdirSync(stackFolder(stack), { recursive: true });
      writeFileSync(join(stackFolder(stack), "cdk.tf.json"), JSON.stringify({ terraform, resource }));
    };

    const drift = (...args: string[]) =>
      runCommand("npm", ["run", "--silent", "drift", "--", ...args, "--skip-synth"], {
        cwd: folder,
        env: terraformIn({ dir: folder }).environment,
      });

    before(async () => {
      copyProject(folder, ["cdktf.json", "config", "contract", "local", "package.json", "scripts", "tsconfig.json"]);
      for (const stack of STACKS) {
        write(stack, "as it was");
      }
      const stacks = Object.fromEntries(STACKS.map((stack) => [stack, {}]));
      writeFileSync(join(folder, "cdktf.out", "manifest.json"), JSON.stringify({ stacks }));
      const terraform = terraformIn({ dir: folder });
      for (const stack of STACKS) {
        await terraform.init(stackFolder(stack));
        await terraform.run(stackFolder(stack), "apply", "-auto-approve", "-no-color");
      }
    });

    it("is Markdown and nothing else on stdout, and exit code 0 where nothing differs", async () => {
      expect(await drift()).to.equal(
        "# Drift\n\n| stack | plan |\n| --- | --- |\n| shared | no changes |\n| server-a | no changes |\n",
      );
    });

    it("is exit code 2 where something differs, and takes options of terraform plan", async () => {
      write("server-a", "as it should be");
      const { message } = await errorOf(drift("server-*", "-lock=false"));
      expect(message).to.contain("ended with 2").and.to.contain("| server-a | 0 to add, 1 to change, 0 to destroy |");
      expect(message).to.contain("- `terraform_data.region` will be updated in-place");
      expect(message).not.to.contain("| shared |");
    });

    it("is exit code 1 where a stack cannot be planned, and tells of the others all the same", async () => {
      write("shared", `\${no.such}`);
      const { message } = await errorOf(drift());
      expect(message).to.contain("ended with 1").and.to.contain("| shared | could not be planned |");
      expect(message).to.contain("| server-a | 0 to add, 1 to change, 0 to destroy |");
      expect(message).to.contain("Reference to undeclared resource");
    });

    it("is exit code 1 for a name that no stack has: 2 would mean changes", async () => {
      const { message } = await errorOf(drift("server-b"));
      expect(message).to.contain("ended with 1").and.to.contain("There is no stack server-b");
    });
  },
);
