import { RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { errorOf } from "../support/errors";
import { unwrapped } from "../support/terraform";
import { listsWith, takeInventory } from "./world/inventory";
import type { PlainWorld } from "./world/plain-world";
import { putCredentials, secretValue } from "./world/secrets";
import type { Stacks } from "./world/stacks";

const SECRET_ID = "aws/transfer/sftp-sync-partner-b";

/** The lists in which a server appears under its name. */
const LISTS_WITH_A_SERVER = [
  "alarms",
  "dashboards",
  "functions",
  "log groups",
  "parameters",
  "roles",
  "schedule groups",
  "schedules",
  "secrets",
  "state machines",
];

export function describeRemoval(current: () => PlainWorld): void {
  describe("a server that is removed", () => {
    it("is destroyed while its definition is there, and leaves nothing", async () => {
      const { account, outputs, stacks } = current();
      const { connector_id } = outputs.partnerB;
      const before = await takeInventory(account.url);
      expect(listsWith(before, "partner-b")).to.have.members(LISTS_WITH_A_SERVER);
      expect(listsWith(before, connector_id)).to.include.members(["connectors", "log groups"]);
      await stacks.destroy("server-partner-b");
      expect(await stacks.stateList("server-partner-b")).to.deep.equal([]);
      const after = await takeInventory(account.url);
      expect(listsWith(after, "partner-b")).to.deep.equal([]);
      expect(listsWith(after, connector_id)).to.deep.equal([]);
    });

    describe("comes back within its secret's recovery window", () => {
      const SECRET = "aws_secretsmanager_secret.credentials";
      let stacks: Stacks;

      before(async () => {
        const { partnerA, partnerB, project } = current();
        stacks = await project.variant("secrets-are-kept", [partnerA, partnerB], { forceDestroy: false });
        await stacks.init("server-partner-b");
        await stacks.apply("server-partner-b", SECRET);
      });

      it("not before somebody has decided what becomes of the secret", async () => {
        const { account, remoteB } = current();
        await putCredentials(account.operator, SECRET_ID, remoteB.credentials);
        await stacks.destroy("server-partner-b");
        const error = await errorOf(stacks.apply("server-partner-b", SECRET));
        expect(unwrapped(error.message)).to.contain(`creating Secrets Manager Secret (${SECRET_ID})`);
      });

      it("with its credentials, once the secret is restored and imported", async () => {
        const { account, remoteB } = current();
        const { ARN = "" } = await account.operator.secrets.send(new RestoreSecretCommand({ SecretId: SECRET_ID }));
        await stacks.import("server-partner-b", SECRET, ARN);
        const changes = await stacks.plan("server-partner-b");
        expect(changes[SECRET]).to.match(/^update /);
        expect(changes["aws_transfer_connector.connector"]).to.equal("create");
        expect(await secretValue(account.operator, SECRET_ID)).to.contain(remoteB.credentials.username);
      });
    });

    it("is no concern of the others when its definition is gone", async () => {
      const { partnerA, project, stacks } = current();
      const without = await project.variant("without-partner-b", [partnerA]);
      expect(without.text("shared")).to.equal(stacks.text("shared"));
    });
  });
}
