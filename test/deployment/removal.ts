import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { CreateSecretCommand, DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { CreateConnectorCommand } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import type * as Takeover from "../../scripts/stacks/taken-over-connector";
import { terraformAdvice } from "../../scripts/stacks/terraform-advice";
import { errorOf } from "../support/errors";
import type { Fillings } from "../support/fences";
import { ask } from "./world/ask";
import { APPROVED } from "./world/cdktf-project";
import { writeDefinitions } from "./world/definitions";
import { commandsObstacle, type Documented } from "./world/documented";
import { listsWith, takeInventory } from "./world/inventory";
import type { PlainWorld } from "./world/plain-world";
import { scriptsFor } from "./world/scripts";
import { putCredentials, secretValue } from "./world/secrets";
import type { Stacks } from "./world/stacks";
import { replayTask } from "./world/tasks";

const COMMIT =
  "git init --quiet && git add servers && git -c user.name=a -c user.email=a@example.com commit --quiet --message Begin";

const STATE = "terraform.server-partner-b.tfstate";

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

export function describeRemoval(current: () => PlainWorld, documented: Documented): void {
  describe("a server that is removed", () => {
    /** Where secrets are kept for a while, as the settings have it unless somebody changes that. */
    let stacks: Stacks;
    let scripts: string;

    before(async () => {
      const { partnerA, partnerB, project } = current();
      stacks = await project.variant("secrets-are-kept", [partnerA, partnerB], { forceDestroy: false });
      scripts = scriptsFor(project, "secrets-are-kept", { forceDestroy: false });
      writeDefinitions(join(scripts, "servers"), [partnerA, partnerB]);
      // Terraform keeps it beside the stacks, to which the copy's folder of stacks leads.
      symlinkSync(join(project.folder, STATE), join(scripts, STATE));
      await stacks.init("server-partner-b");
      await stacks.shell(`cd ${scripts}\n${COMMIT}`);
    });

    it("is destroyed before its definition is deleted, as docs/tasks.md shows, and leaves nothing", async () => {
      const { account, outputs, remoteB: remote } = current();
      const { connector_id } = outputs.partnerB;
      const before = await takeInventory(account.url);
      expect(listsWith(before, "partner-b")).to.have.members(LISTS_WITH_A_SERVER);
      expect(listsWith(before, connector_id)).to.include.members(["connectors", "log groups"]);
      const syncs = ["reports", "nowhere"] as const;
      const removed = await replayTask({ mark: "remove", stacks, scripts, server: "partner-b", syncs, remote });
      expect(removed).to.have.lengthOf(1);
      expect(removed.map(({ now }) => now)).to.deep.equal(removed.map(({ shown }) => shown));
      expect(await stacks.stateList("server-partner-b")).to.deep.equal([]);
      const after = await takeInventory(account.url);
      expect(listsWith(after, "partner-b")).to.deep.equal([]);
      expect(listsWith(after, connector_id)).to.deep.equal([]);
    });

    describe("comes back within its secret's recovery window", () => {
      const SECRET = "aws_secretsmanager_secret.credentials";
      /** No more than the secret is deployed: all else would take minutes. */
      const FOR_THE_SECRET = `server-partner-b --skip-synth ${APPROVED} -target=${SECRET}`;

      const deploy = (command: string) => stacks.shell(`cd ${scripts}\n${command}`, "server-partner-b");

      const creations = () => current().account.calls.filter(({ operation }) => operation === "CreateSecret").length;

      const operate = (text: string, fillings: Fillings) =>
        documented.operate(stacks, "server-partner-b", text, fillings);

      before(async () => {
        await stacks.apply("server-partner-b", SECRET);
        await putCredentials(current().account.operator, SECRET_ID, current().remoteB.credentials);
        await stacks.destroy("server-partner-b");
      });

      it("not before somebody has decided what becomes of the secret, as Terraform's error leads to", async () => {
        const { message } = await errorOf(stacks.apply("server-partner-b", SECRET));
        expect(terraformAdvice(message, undefined)).to.contain("docs/operations.md#a-server-that-comes-back");
      });

      it("and is left out by npm run deploy meanwhile, before anything is created", async () => {
        const before = creations();
        const { message } = await errorOf(deploy(`npm run --silent deploy -- ${FOR_THE_SECRET}`));
        expect(message).to.contain("ended with 1").and.to.contain("server-partner-b is left out. The secret arn:aws:");
        expect(message).to.contain("its recovery window has not ended").and.to.contain("--restore-secrets");
        expect(message).to.contain(`are sent to sftp://${current().partnerB.Url}`);
        expect(creations()).to.equal(before);
      });

      it("with its credentials, once the documented command restores the secret and takes it over", async () => {
        const { account, remoteB } = current();
        const fillings = { NAME: FOR_THE_SECRET };
        const printed = await deploy(documented.take("docs/operations.md", "--restore-secrets", fillings));
        expect(printed).to.match(/server-partner-b {2}1 to take over/);
        expect(await stacks.stateList("server-partner-b")).to.include(SECRET);
        expect(await secretValue(account.operator, SECRET_ID)).to.contain(remoteB.credentials.username);
      });

      it("with a connector that was made by hand, once import has it taken over, or the documented commands do", async function () {
        if (commandsObstacle() !== undefined) {
          this.skip();
        }
        const connector = await connectorByHand(current());
        const takeover = join(scripts, "scripts", "stacks", "taken-over-connector.ts");
        const { forgetTakenOver, takeOverConnector }: typeof Takeover = require(takeover);
        await takeOverConnector("server-partner-b", connector, true);
        const taken = await deploy("npm run --silent diff -- server-partner-b --skip-synth");
        expect(taken).to.match(/server-partner-b {2}2 to take over, .*2 to change/);
        await forgetTakenOver(["server-partner-b"]);
        const fillings = { "c-0123456789abcdef0": connector };
        const plan = stripVTControlCharacters(await operate("terraform import aws_transfer_connector", fillings));
        expect(plan).to.contain("# aws_transfer_connector.connector will be updated in-place");
        expect(plan).not.to.contain("# aws_cloudwatch_log_group.connector will be created");
        expect(plan).to.contain("# aws_lambda_function.finish_run will be created");
      });

      it("as a new one, once the secret is deleted for good by the documented command", async function () {
        if (commandsObstacle() !== undefined) {
          this.skip();
        }
        const { secrets } = current().account.operator;
        await secrets.send(new DeleteSecretCommand({ SecretId: SECRET_ID }));
        expect(await errorOf(secrets.send(new CreateSecretCommand({ Name: SECRET_ID })))).to.be.an("error");
        await operate("force-delete", { "aws/transfer/PREFIX-NAME": SECRET_ID });
        await secrets.send(new CreateSecretCommand({ Name: SECRET_ID }));
      });
    });

    it("is no concern of the others when its definition is gone", async () => {
      const { partnerA, project, stacks } = current();
      const without = await project.variant("without-partner-b", [partnerA]);
      expect(without.text("shared")).to.equal(stacks.text("shared"));
    });
  });
}

/** @returns the id of a connector as a person would have made it, with its log group. */
async function connectorByHand({ account, outputs, partnerB }: PlainWorld): Promise<string> {
  const { ConnectorId = "" } = await account.operator.transfer.send(
    new CreateConnectorCommand({
      Url: `sftp://${partnerB.Url}`,
      AccessRole: "arn:aws:iam::123456789012:role/by-hand",
      SftpConfig: { UserSecretId: outputs.partnerA.secret_arn, TrustedHostKeys: [...partnerB.PublicKey] },
    }),
  );
  const input = { logGroupName: `/aws/transfer/${ConnectorId}` };
  await ask(account.url, { service: "logs", target: "Logs_20140328.CreateLogGroup", input });
  return ConnectorId;
}
