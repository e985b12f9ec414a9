import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { INSTALLATION_MILLISECONDS, runCdktf } from "../support/cdktf-command";
import { runCommand } from "../support/command";
import { errorOf } from "../support/errors";
import { copyProject, EVERY_COMMAND } from "../support/project-copy";
import { addStack, type SynthesizedStack } from "../support/synthesized-stack";
import { tempFolder } from "../support/temp-folder";
import { terraformIn, terraformObstacle } from "../support/terraform";

const obstacle = terraformObstacle();

const STACKS = ["shared", "server-a"];

const PLAN = "0 to add, 1 to change, 0 to destroy";

/** Stacks of one resource each, which needs no provider. */
(obstacle === undefined ? describe : describe.skip)(
  `commands with local state${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  () => {
    const folder = join(tempFolder(), "project");

    const write = (name: string, input: unknown, more: Pick<SynthesizedStack, "resource" | "output"> = {}) =>
      addStack(folder, {
        name,
        terraform: { backend: { local: { path: `../../../terraform.${name}.tfstate` } } },
        input,
        ...more,
      });

    const state = (name: string) => readFileSync(join(folder, `terraform.${name}.tfstate`), "utf8");

    // In CI the cdktf command draws no spinner.
    const here = () => ({ cwd: folder, env: { ...terraformIn({ dir: folder }).environment, CI: "true" } });

    const npm = (command: string, ...args: string[]) =>
      runCommand("npm", ["run", "--silent", command, "--", ...args], here());

    before(() => {
      copyProject(folder, EVERY_COMMAND);
    });

    for (const [command, ...options] of [
      ["deploy", "--auto-approve"],
      ["destroy", "--auto-approve"],
      ["diff"],
    ] as const) {
      it(`npm run ${command} tells a name that no definition has, before anything is synthesized`, async () => {
        copyFileSync(resolve("servers", "example.yaml"), join(folder, "servers", "partner-a.yaml"));
        const { message } = await errorOf(npm(command, "server-partner-b", ...options));
        expect(message).to.contain("ended with 2").and.to.contain("did you mean partner-a?");
        expect(existsSync(join(folder, "cdktf.out"))).to.equal(false);
      });
    }

    it("npm run deploy says where nothing is synthesized yet", async () => {
      const { message } = await errorOf(npm("deploy", "--auto-approve", "--skip-synth"));
      expect(message).to.contain("ended with 2").and.to.contain("Next: npm run synth");
    });

    it("npm run deploy is refused where nobody can approve", async () => {
      for (const stack of STACKS) {
        write(stack, "as it was", { output: { hidden: { value: "from others", sensitive: true } } });
      }
      const { message } = await errorOf(npm("deploy", "--skip-synth"));
      expect(message).to.contain("ended with 2").and.to.contain("no terminal").and.to.contain("--yes");
    });

    it("npm run deploy plans no server without the shared stack, and says so at once", async () => {
      const { message } = await errorOf(npm("deploy", "server-a", "--auto-approve", "--skip-synth"));
      expect(message).to.contain("ended with 2").and.to.contain("The shared stack is not deployed");
      expect(message).to.contain("Next: npx sftp-sync deploy shared").and.not.to.contain("Planning");
    });

    it("npm run deploy deploys every stack", async () => {
      await npm("deploy", "--auto-approve", "--skip-synth", "--skip-provider-lock", "--outputs-file", "outputs.json");
      const outputs = JSON.parse(readFileSync(join(folder, "outputs.json"), "utf8"));
      expect(outputs).to.deep.equal({ shared: { data: "as it was" }, "server-a": { data: "as it was" } });
      expect(STACKS.filter((stack) => existsSync(join(folder, `terraform.${stack}.tfstate`)))).to.deep.equal(STACKS);
    });

    it("CDKTF's own command deploys the same stacks", async function () {
      this.timeout(INSTALLATION_MILLISECONDS);
      const printed = await runCdktf(["deploy", "*", "--auto-approve", "--skip-synth", "--skip-provider-lock"], here());
      expect(printed.match(/No changes\./g), printed).to.have.lengthOf(STACKS.length);
    });

    it("npm run output shows what a stack puts out, but for what is sensitive", async () => {
      expect(await npm("output", "server-a")).to.equal("server-a\n  data = as it was\n");
    });

    it("npm run output prints JSON", async () => {
      expect(JSON.parse(await npm("output", "--json"))).to.deep.equal({
        shared: { data: "as it was" },
        "server-a": { data: "as it was" },
      });
    });

    it("npm run diff plans one that is named", async () => {
      const printed = await npm("diff", "server-a", "--skip-provider-lock", "--skip-synth");
      expect(printed)
        .to.contain("No changes.")
        .and.to.contain("server-a  up to date")
        .and.not.to.match(/shared/);
    });

    it("npm run drift prints Markdown and nothing else, with exit code 0 where nothing differs", async () => {
      expect(await npm("drift", "--skip-synth")).to.equal(
        "# Drift\n\n| stack | plan |\n| --- | --- |\n| shared | no changes |\n| server-a | no changes |\n",
      );
    });

    it("with exit code 2 where something differs, and with options of terraform plan", async () => {
      write("server-a", "as it should be");
      const { message } = await errorOf(npm("drift", "server-*", "-lock=false", "--skip-synth"));
      expect(message).to.contain("ended with 2").and.to.contain(`| server-a | ${PLAN} |`);
      expect(message).to.contain("- `terraform_data.data` will be updated in-place");
      expect(message).not.to.contain("| shared |");
    });

    it("with exit code 1 where a stack cannot be planned, and tells of the others all the same", async () => {
      write("shared", "$" + "{no.such}");
      const { message } = await errorOf(npm("drift", "--skip-synth"));
      expect(message).to.contain("ended with 1").and.to.contain("| shared | could not be planned |");
      expect(message).to.contain(`| server-a | ${PLAN} |`).and.to.contain("Reference to undeclared resource");
    });

    it("with exit code 1 for a name that no stack has: 2 would mean changes", async () => {
      const { message } = await errorOf(npm("drift", "server-b", "--skip-synth"));
      expect(message).to.contain("ended with 1").and.to.contain("There is no server or stack server-b");
    });

    it("npm run deploy applies the other stacks where one fails, and says which", async () => {
      write("shared", "as it was", { output: { hidden: { value: "from others", sensitive: true } } });
      write("server-a", "new", {
        resource: { provisioner: [{ "local-exec": { command: "exit 3" } }], triggers_replace: 1 },
      });
      write("server-b", "new");
      const { message } = await errorOf(npm("deploy", "--auto-approve", "--skip-synth"));
      expect(message).to.contain("ended with 1").and.to.contain("server-a could not be applied");
      expect(message).to.contain("shared    up to date").and.to.contain("server-a  1 to replace");
      expect(message)
        .to.contain("replace  terraform_data.data")
        .and.to.match(/Not deployed: server-a$/m);
      expect(state("server-b")).to.contain('"new"');
    });

    it("npm run destroy refuses the shared stack while servers need it", async () => {
      const file = join(folder, "cdktf.json");
      const settings = JSON.parse(readFileSync(file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...settings, context: { ...settings.context, forceDestroy: true } }));
      const { message } = await errorOf(npm("destroy", "shared", "--auto-approve", "--skip-synth"));
      expect(message).to.contain("ended with 2").and.to.contain("The shared stack is needed by server-a, server-b");
    });

    it("npm run destroy destroys everything, servers first", async () => {
      const printed = await npm("destroy", "*", "--auto-approve", "--skip-synth");
      expect(printed.indexOf("server-b  Apply complete!")).to.be.above(0);
      expect(printed.indexOf("shared  Apply complete!")).to.be.above(printed.indexOf("server-b  Apply complete!"));
      expect(["shared", "server-a", "server-b"].map((stack) => JSON.parse(state(stack)).resources)).to.deep.equal([
        [],
        [],
        [],
      ]);
    });

    it("npm run destroy wants to be told what", async () => {
      const { message } = await errorOf(npm("destroy", "--auto-approve", "--skip-synth"));
      expect(message).to.contain("ended with 2").and.to.contain("'*' for everything");
    });
  },
);
