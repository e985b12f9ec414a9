import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { PlainWorld } from "./world/plain-world";
import { changesOf } from "./world/plan";
import { putCredentials, secretValue, telltales } from "./world/secrets";

const SERVER_STACKS = ["server-partner-a", "server-partner-b"] as const;

export function describeCredentials(current: () => PlainWorld): void {
  describe("credentials", () => {
    /** As JSON, of both servers' stacks, after the secrets were filled. */
    let plans: readonly string[];

    it("are missing until somebody puts them there, and runs say so", async () => {
      const { runs, inbox } = current();
      const name = { server: "partner-a", sync: "orders", run: "without-credentials" };
      expect(await runs.bySchedule(name)).to.include({ status: "FAILED", error: "CredentialsMissing" });
      const notifications = await inbox.take();
      const [notification] = notifications;
      expect(notifications).to.have.lengthOf(1);
      expect(notification?.Subject).to.equal("SFTP sync CredentialsMissing: partner-a / orders");
      expect(notification?.Message).to.contain("without-credentials/report.json");
    });

    it("are neither taken away nor touched by Terraform", async () => {
      const { account, outputs, remoteA, remoteB, stacks } = current();
      await putCredentials(account.operator, outputs.partnerA.secret_arn, remoteA.credentials);
      await putCredentials(account.operator, outputs.partnerB.secret_arn, remoteB.credentials);
      plans = await Promise.all(SERVER_STACKS.map((stack) => stacks.planJson(stack)));
      expect(plans.map(changesOf)).to.deep.equal([{}, {}]);
      await Promise.all(SERVER_STACKS.map((stack) => stacks.apply(stack)));
      const value = await secretValue(account.operator, outputs.partnerA.secret_arn);
      expect(value).to.contain(remoteA.credentials.username);
    });

    it("stand in no plan, no state, and no other file that was written here", () => {
      const { folder, project, remoteA, remoteB } = current();
      const texts = new Map(filesBelow(folder).map((file) => [file, readFileSync(file, "latin1")]));
      plans.forEach((plan, index) => {
        texts.set(`plan ${index}`, plan);
      });
      const namesOfTextsWith = (text: string) =>
        [...texts].filter(([, content]) => content.includes(text)).map(([name]) => name);
      const secrets = [...telltales(remoteA.credentials), ...telltales(remoteB.credentials)];
      expect(secrets).to.have.lengthOf.at.least(2);
      expect(secrets.flatMap(namesOfTextsWith)).to.deep.equal([]);
      // What is looked through is what tells of the secret.
      expect(namesOfTextsWith("aws/transfer/sftp-sync-partner-b")).to.include.members([
        "plan 1",
        join(project.folder, "terraform.server-partner-b.tfstate"),
        join(project.folder, "cdktf.out", "stacks", "server-partner-b", "cdk.tf.json"),
      ]);
    });
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
