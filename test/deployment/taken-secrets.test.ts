import { join } from "node:path";
import { CreateSecretCommand, DeleteSecretCommand, DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { Opened } from "../../local/runner/opened";
import { EMBEDDED, type RemoteServer } from "../end-to-end/remote-servers";
import { errorOf } from "../support/errors";
import { tempFolder } from "../support/temp-folder";
import { terraformObstacle } from "../support/terraform";
import { APPROVED } from "./world/cdktf-project";
import { definitionOf, syncOf } from "./world/definitions";
import { type EmulatedAccount, startEmulatedAccount } from "./world/emulated-account";
import { motoObstacle } from "./world/moto";
import { Project } from "./world/project";
import { scriptsFor } from "./world/scripts";
import type { Stacks } from "./world/stacks";

const obstacle = terraformObstacle() ?? motoObstacle();

/** None of them is asked for where a secret is left alone. */
const CHANGES_OF_SECRETS = ["CreateSecret", "DeleteSecret", "PutResourcePolicy", "RestoreSecret", "UpdateSecret"];

/** Servers whose secrets' names are taken already. No more than their secrets is deployed: all else would take minutes. */
(obstacle === undefined ? describe : describe.skip)(
  `npm run deploy of servers whose secrets' names are taken${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  function () {
    this.timeout(600_000);
    const commands = new AbortController();
    const opened = new Opened();
    let account: EmulatedAccount;
    let remote: RemoteServer;
    let stacks: Stacks;
    let scripts: string;
    let ownKey: string;

    before(async () => {
      const folder = tempFolder();
      account = opened.add(await startEmulatedAccount(join(folder, "account")));
      remote = opened.add(await EMBEDDED.start());
      const project = opened.add(new Project({ folder: join(folder, "project"), account, signal: commands.signal }));
      const names = ["foreign", "live", "own"];
      const context = { forceDestroy: false };
      stacks = await project.variant(
        "taken",
        names.map((name) => definitionOf(name, remote, [syncOf(name, remote, "orders")])),
        context,
      );
      scripts = scriptsFor(project, "taken", context);
      await Promise.all(["shared", ...names.map((name) => `server-${name}`)].map((stack) => stacks.init(stack)));
      await stacks.apply("shared", "aws_sns_topic.notifications");
      ownKey = String((await stacks.outputs("shared")).key_arn);
    });

    after(async () => {
      commands.abort();
      await opened.close();
    });

    const create = (server: string, key: object) =>
      account.operator.secrets.send(
        new CreateSecretCommand({ Name: `aws/transfer/sftp-sync-${server}`, SecretString: server, ...key }),
      );

    const remove = (server: string) =>
      account.operator.secrets.send(new DeleteSecretCommand({ SecretId: `aws/transfer/sftp-sync-${server}` }));

    const describeSecret = (server: string) =>
      account.operator.secrets.send(new DescribeSecretCommand({ SecretId: `aws/transfer/sftp-sync-${server}` }));

    const deploy = (server: string, ...options: readonly string[]) =>
      stacks.shell(
        `cd ${scripts}\nnpm run --silent deploy -- server-${server} --skip-synth ${APPROVED} ${options.join(" ")} ` +
          "-target=aws_secretsmanager_secret.credentials 2>&1",
        `server-${server}`,
      );

    /** @returns what is printed by a deployment that leaves the server out, and changes no secret. */
    async function leavesOut(server: string): Promise<string> {
      const before = account.calls.length;
      const { message } = await errorOf(deploy(server, "--restore-secrets"));
      expect(message).to.contain(`server-${server} is left out. The secret arn:aws:`);
      const calls = account.calls.slice(before).map(({ operation }) => operation);
      expect(calls).to.include("DescribeSecret").and.not.to.include.oneOf(CHANGES_OF_SECRETS);
      return message;
    }

    it("leaves a deleted secret alone that has another key", async () => {
      await create("foreign", {});
      await remove("foreign");
      expect(await leavesOut("foreign"))
        .to.contain("may be somebody else's")
        .and.to.contain(ownKey);
      expect((await describeSecret("foreign")).DeletedDate).to.be.an.instanceOf(Date);
    });

    it("leaves a secret alone that is in use, were it with this installation's key", async () => {
      await create("live", { KmsKeyId: ownKey });
      expect(await leavesOut("live"))
        .to.contain("it is not deleted")
        .and.to.contain("delete-secret --secret-id arn:aws:");
    });

    it("restores a deleted one of its own where that is asked for, and says where its credentials are sent", async () => {
      await create("own", { KmsKeyId: ownKey });
      await remove("own");
      const about = `server-own takes it over, the old credentials that it holds are sent to sftp://${remote.url}`;
      expect((await errorOf(deploy("own"))).message).to.contain(about);
      expect((await describeSecret("own")).DeletedDate).to.be.an.instanceOf(Date);
      expect(await deploy("own", "--restore-secrets"))
        .to.contain(about)
        .and.to.contain("1 to take over");
      expect((await describeSecret("own")).DeletedDate).to.equal(undefined);
      expect(await stacks.stateList("server-own")).to.include("aws_secretsmanager_secret.credentials");
    });
  },
);
