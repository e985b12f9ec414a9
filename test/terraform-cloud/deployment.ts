import { expect } from "chai";
import { APPROVED, SKIP_LOCK } from "../deployment/world/cdktf-project";
import { listsWith, takeInventory } from "../deployment/world/inventory";
import { readServerOutputs } from "../deployment/world/outputs";
import type { Run } from "./service/run";
import { filesOf } from "./slug";
import type { CloudWorld } from "./world";

export function describeDeployment(current: () => CloudWorld): void {
  describe("a deployment of everything", () => {
    before(async () => {
      const { cloud, project } = current();
      cloud.organization.workspace("sftp-sync-shared").sharesState = true;
      await project.npm("deploy", APPROVED, SKIP_LOCK);
    });

    const runs = (): readonly Run[] => current().cloud.organization.runs;

    it("is one run in each stack's workspace, in the project of the settings", () => {
      const seen = runs().map(({ workspace, status }) => [workspace.name, workspace.project.name, status]);
      expect(seen).to.deep.equal([
        ["sftp-sync-shared", "partner-feeds", "applied"],
        ["sftp-sync-server-partner", "partner-feeds", "applied"],
      ]);
    });

    it("needs no call of the service that the stand-in does not know", () => {
      expect(current().cloud.unknown).to.deep.equal([]);
    });

    it("creates what the stacks are made of", async () => {
      expect(listsWith(await takeInventory(current().account.url), "sftp-sync-partner")).to.include("functions");
    });

    it("has outputs that Terraform reads from the service", async () => {
      const { connector_egress_ips, secret_arn } = await readServerOutputs(current().project.stacks, "server-partner");
      expect(connector_egress_ips).not.to.be.empty;
      expect(secret_arn).to.contain("sftp-sync-partner");
    });

    it("uploads the stack's folder: its JSON, its zips and its lock file", async () => {
      const [, server] = runs();
      const files = await filesOf(server?.configuration, current().folder);
      const names = [...files.keys()].map((name) => name.replace(/[0-9A-F]{32}/, "HASH"));
      expect(names).to.include.members([".terraform.lock.hcl", "cdk.tf.json"]);
      expect(names.filter((name) => name.endsWith(".zip"))).to.have.lengthOf(4);
      expect(names.filter((name) => name.startsWith(".terraform/"))).to.deep.equal([]);
      expect(files.get(".terraform.lock.hcl")).to.contain('provider "registry.terraform.io/hashicorp/aws"');
    });

    it("uploads nothing of the machine: no path, no token", async () => {
      const { folder, cloud } = current();
      for (const { configuration } of runs()) {
        for (const [name, text] of await filesOf(configuration, folder)) {
          expect(text.includes(folder), `a path in ${name}`).to.equal(false);
          expect(text.includes(cloud.token), `the token in ${name}`).to.equal(false);
        }
      }
    });
  });
}
