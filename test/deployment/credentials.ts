import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TestConnectionCommand } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { filesBelow } from "../support/files-below";
import type { PlainWorld } from "./world/plain-world";
import { changesOf } from "./world/plan";
import { putCredentials, secretValue, telltales } from "./world/secrets";

export function describeCredentials(current: () => PlainWorld): void {
  describe("credentials", () => {
    /** Of partner-b's stack, after the secrets were filled. As JSON: the file itself is compressed. */
    let plan: string;

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
      const [ofA, ofB] = await Promise.all([stacks.apply("server-partner-a"), stacks.planJson("server-partner-b")]);
      plan = ofB;
      expect(changesOf(plan)).to.deep.equal({});
      expect(ofA).to.contain("0 added, 0 changed, 0 destroyed");
      const value = await secretValue(account.operator, outputs.partnerA.secret_arn);
      expect(value).to.contain(remoteA.credentials.username);
    });

    it("let the connectors in", async () => {
      const { account, outputs } = current();
      for (const { connector_id } of [outputs.partnerA, outputs.partnerB]) {
        const tested = await account.operator.transfer.send(new TestConnectionCommand({ ConnectorId: connector_id }));
        expect(tested).to.include({ Status: "OK" });
      }
    });

    it("stand in no plan, no state, and no other file that was written here", () => {
      const { folder, project, remoteA, remoteB } = current();
      const texts = new Map(filesBelow(folder).map((file) => [file, readFileSync(file, "latin1")]));
      texts.set("plan", plan);
      const namesOfTextsWith = (text: string) =>
        [...texts].filter(([, content]) => content.includes(text)).map(([name]) => name);
      const secrets = [...telltales(remoteA.credentials), ...telltales(remoteB.credentials)];
      expect(secrets).to.have.lengthOf.at.least(2);
      expect(secrets.flatMap(namesOfTextsWith)).to.deep.equal([]);
      // What is looked through is what tells of the secret.
      expect(namesOfTextsWith("aws/transfer/sftp-sync-partner-b")).to.include.members([
        "plan",
        join(project.folder, "terraform.server-partner-b.tfstate"),
        join(project.folder, "cdktf.out", "stacks", "server-partner-b", "cdk.tf.json"),
      ]);
    });
  });
}
