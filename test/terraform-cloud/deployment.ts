import { expect } from "chai";
import { APPROVED } from "../deployment/world/cdktf-project";
import { Documented } from "../deployment/world/documented";
import { differences, takeInventory } from "../deployment/world/inventory";
import { targetObject } from "../deployment/world/objects";
import { readServerOutputs, readSharedOutputs } from "../deployment/world/outputs";
import { Runs } from "../deployment/world/runs";
import { putCredentials, telltales } from "../deployment/world/secrets";
import type { Run } from "./service/run";
import { filesOf } from "./slug";
import type { CloudWorld } from "./world";

const SKIP_SYNTH = "--skip-synth";

/** What is added to the documented commands where nobody approves. The first of them synthesizes for all. */
const ATTENDED_BY_NOBODY = {
  "deploy shared": `deploy shared ${APPROVED}`,
  "deploy NAME": `deploy partner ${APPROVED} ${SKIP_SYNTH}`,
  "output NAME": "output partner",
  "sftp-sync diff": `sftp-sync diff ${SKIP_SYNTH}`,
  "sftp-sync drift": `sftp-sync drift ${SKIP_SYNTH}`,
};

export function describeDeployment(current: () => CloudWorld): void {
  describe("a deployment by the commands of README.md", () => {
    let printed = "";

    before(async () => {
      const { cloud, project } = current();
      cloud.organization.workspace("sftp-sync-shared").sharesState = true;
      printed = await project.shell(new Documented().take("README.md", "sftp-sync deploy", ATTENDED_BY_NOBODY));
    });

    /** But for those that only plan. */
    const runs = (): readonly Run[] => current().cloud.organization.runs.filter(({ isPlanOnly }) => !isPlanOnly);

    it("is one run in each stack's workspace, in the project of the settings", () => {
      const seen = runs().map(({ workspace, status }) => [workspace.name, workspace.project.name, status]);
      expect(seen).to.deep.equal([
        ["sftp-sync-shared", "partner-feeds", "applied"],
        ["sftp-sync-server-partner", "partner-feeds", "applied"],
      ]);
    });

    it("has nothing to do afterwards: so say diff and drift, whose runs can be applied by nobody", () => {
      const planned = current().cloud.organization.runs.filter(({ isPlanOnly }) => isPlanOnly);
      expect(planned.map(({ workspace, status }) => [workspace.name, status])).to.have.deep.members(
        ["shared", "server-partner", "shared", "server-partner"].map((stack) => [
          `sftp-sync-${stack}`,
          "planned_and_finished",
        ]),
      );
    });

    it("shows what the stack puts out", () => {
      expect(printed).to.match(/^ {2}secret_arn = arn:aws:secretsmanager:/m);
    });

    it("needs no call of the service that the stand-in does not know", () => {
      expect(current().cloud.unknown).to.deep.equal([]);
    });

    it("creates what the stacks are made of", async () => {
      const { account, empty } = current();
      expect(differences(empty, await takeInventory(account.url))).to.have.members([...empty.keys()]);
    });

    it("uploads the stack's folder: its JSON, its zips and its lock file", async () => {
      const [, server] = runs();
      const files = await filesOf(server?.configuration, current().folder);
      const names = [...files.keys()];
      expect(names).to.include.members([".terraform.lock.hcl", "cdk.tf.json"]);
      expect(names.filter((name) => /^assets\/.*\.zip$/.test(name))).to.have.lengthOf(1);
      expect(names.filter((name) => name.startsWith(".terraform/"))).to.deep.equal([]);
      expect(files.get(".terraform.lock.hcl")).to.contain('provider "registry.terraform.io/hashicorp/aws"');
    });

    it("uploads nothing of the machine: no path, no token, no credentials", async () => {
      const { folder, cloud, remote } = current();
      const secrets = [folder, cloud.token, ...telltales(remote.credentials)];
      for (const { configuration } of runs()) {
        for (const [name, text] of await filesOf(configuration, folder)) {
          expect(
            secrets.filter((secret) => text.includes(secret)),
            name,
          ).to.deep.equal([]);
        }
      }
    });

    it("runs, with what Terraform's outputs tell of it: zips, settings and stacks have travelled together", async () => {
      const { account, project, remote } = current();
      const { operator } = account;
      const { secret_arn } = await readServerOutputs(project.stacks, "server-partner");
      await putCredentials(operator, secret_arn, remote.credentials);
      const { list_results_bucket_name } = await readSharedOutputs(project.stacks);
      const run = await new Runs(operator, list_results_bucket_name).bySchedule({
        server: "partner",
        sync: "orders",
        run: "only",
      });
      expect(run).to.include({ status: "SUCCEEDED" });
      expect(await targetObject(operator, `partner${remote.base}/orders/a.csv`)).to.equal("alpha");
    });
  });
}
