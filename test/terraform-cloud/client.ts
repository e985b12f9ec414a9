import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { terraformAdvice } from "../../scripts/stacks/terraform-advice";
import { errorOf } from "../support/errors";
import { unwrapped } from "../support/terraform";
import { cloudBlock, SmallStack } from "./small-stack";
import { CLOUD, type CloudWorld } from "./world";

export function describeClient(current: () => CloudWorld): void {
  describe("what Terraform itself refuses, and what is said of it", () => {
    const failure = async (stack: SmallStack) => unwrapped((await errorOf(stack.init())).message);

    it("no token: the variable that takes one", async () => {
      const environment = { TF_TOKEN_app_terraform_io: undefined };
      const printed = await failure(new SmallStack(current(), { name: "no-token", environment }));
      expect(printed).to.contain("Required token could not be found");
      expect(terraformAdvice(printed, CLOUD)).to.contain("TF_TOKEN_app_terraform_io");
    });

    it("no token for another host with a port: no variable has such a name", async () => {
      const { hostname } = current().cloud;
      const printed = await failure(
        new SmallStack(current(), { name: "no-block", terraform: cloudBlock("no-block", { hostname }) }),
      );
      expect(printed).to.contain("Required token could not be found");
      expect(terraformAdvice(printed, { ...CLOUD, hostname })).to.contain(`a credentials block for ${hostname}`);
      expect(terraformAdvice(printed, { ...CLOUD, hostname: "tfe.my-company.com" })).to.contain(
        "TF_TOKEN_tfe_my__company_com",
      );
    });

    it("a token that is no longer valid", async () => {
      const environment = { TF_TOKEN_app_terraform_io: "outdated" };
      const printed = await failure(new SmallStack(current(), { name: "outdated", environment }));
      expect(printed).to.contain('Failed to read organization "acme"');
      expect(terraformAdvice(printed, CLOUD)).to.contain("renew it");
    });

    it("an organization that is not there: Terraform says enough", async () => {
      const terraform = cloudBlock("elsewhere", { organization: "umbrella" });
      const printed = await failure(new SmallStack(current(), { name: "elsewhere", terraform }));
      expect(printed).to.contain('organization "umbrella" at host app.terraform.io not found');
      expect(terraformAdvice(printed, CLOUD)).to.equal(undefined);
    });

    it("a workspace whose runs a repository starts", async () => {
      const stack = new SmallStack(current(), { name: "vcs" });
      await stack.init();
      current().cloud.organization.workspace("sftp-sync-vcs").isVcsDriven = true;
      const { message } = await errorOf(stack.apply());
      expect(message).to.contain("Apply not allowed for workspaces with a VCS connection");
    });
  });

  describe("Terraform", () => {
    it("waits while a workspace is locked, and goes on then", async () => {
      const { cloud } = current();
      const stack = new SmallStack(current(), { name: "locked" });
      await stack.init();
      const workspace = cloud.organization.workspace("sftp-sync-locked");
      workspace.isLocked = true;
      const applied = stack.apply();
      while (workspace.runs[0] === undefined) {
        await Promise.race([applied, sleep(50)]);
      }
      expect(workspace.runs[0].status).to.equal("pending");
      workspace.isLocked = false;
      cloud.organization.goOn(workspace);
      expect(await applied).to.contain("Apply complete! Resources: 1 added");
    });

    it("finds an installation by its host name with a port, with the token of a credentials block", async () => {
      const { cloud, folder, project } = current();
      const file = join(folder, "with-credentials.tfrc");
      writeFileSync(file, `credentials "${cloud.hostname}" {\n  token = "${cloud.token}"\n}\n`);
      const stack = new SmallStack(current(), {
        name: "enterprise",
        terraform: cloudBlock("enterprise", { hostname: cloud.hostname }),
        environment: { TF_CLI_CONFIG_FILE: file, TF_TOKEN_app_terraform_io: undefined },
      });
      await stack.init();
      expect(cloud.organization.workspace("sftp-sync-enterprise").project.name).to.equal("partner-feeds");
      expect(project.environment.TF_CLI_CONFIG_FILE).not.to.equal(file);
    });

    it("creates a project of a name that none has", async () => {
      const workspaces = { name: "sftp-sync-misspelt", project: "partner-fedes" };
      await new SmallStack(current(), { name: "misspelt", terraform: cloudBlock("", { workspaces }) }).init();
      expect(current().cloud.organization.projects.map(({ name }) => name)).to.include("partner-fedes");
    });
  });

  describe("an installation that moves from local state", () => {
    it("has its state pushed from outside the folder, which holds no state then, and nothing to do", async () => {
      const { cloud } = current();
      const stack = new SmallStack(current(), {
        name: "moved",
        terraform: { backend: { local: { path: "../moved.tfstate" } } },
      });
      await stack.init();
      await stack.apply();
      const moved = new SmallStack(current(), { name: "moved-to-cloud" });
      await moved.init();
      await moved.run("state", "push", "../moved.tfstate");
      const printed = await moved.run("plan", "-detailed-exitcode", "-input=false", "-no-color");
      expect(printed).to.contain("No changes.");
      expect(cloud.organization.workspace("sftp-sync-moved-to-cloud").isLocked).to.equal(false);
      expect(readdirSync(moved.folder)).to.have.members([".terraform", "cdk.tf.json"]);
    });

    it("has to begin in an empty folder: in the old one Terraform asks, and has no option for an answer", async () => {
      const stack = new SmallStack(current(), { name: "kept", terraform: { backend: { local: {} } } });
      await stack.init();
      await stack.apply();
      stack.write(cloudBlock("kept"));
      const { message } = await errorOf(stack.init());
      expect(message).to.contain("Can't ask approval for state migration");
      const { message: withOption } = await errorOf(stack.run("init", "-migrate-state", "-no-color"));
      expect(unwrapped(withOption)).to.contain("not applicable when using HCP Terraform");
    });
  });
}
