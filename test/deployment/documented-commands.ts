import { expect } from "chai";
import * as z from "zod";
import type { SftpCredentials } from "../../local/transfer/remote-server";
import type { Fillings } from "../support/fences";
import { commandsObstacle, type Documented } from "./world/documented";
import { removeTargetObject, targetObject } from "./world/objects";
import type { PlainWorld } from "./world/plain-world";
import { secretText, secretValue } from "./world/secrets";

const STACK = "server-partner-a";

const startedSchema = z.object({ executionArn: z.string() });

/** Credentials, as the documents leave them open. */
const OPEN_CREDENTIALS = `'{"Username": "...", "Password": "..."}'`;

const secretIs = (credentials: SftpCredentials) => ({ [OPEN_CREDENTIALS]: `'${secretText(credentials)}'` });

/** The commands of the documents that need an account, but for those that create and remove; they have their own places. */
export function describeDocumentedCommands(current: () => PlainWorld, documented: Documented): void {
  const obstacle = commandsObstacle();

  (obstacle === undefined ? describe : describe.skip)(
    `a documented command${obstacle ? ` (skipped: ${obstacle})` : ""}`,
    () => {
      const operate = (text: string, fillings?: Fillings) =>
        documented.operate(current().stacks, STACK, text, fillings);
      /** @returns how the execution ended that a command has started. */
      const endedRun = (printed: string) => current().runs.ended(startedSchema.parse(JSON.parse(printed)).executionArn);
      const sync = { "/PREFIX/SERVER/SYNC": "/sftp-sync/partner-a/orders" };

      it("puts credentials into the secret, as README.md has it", async () => {
        const { account, outputs, stacks } = current();
        const credentials = { username: "somebody", password: "for a moment" };
        const fillings = { "server-NAME": STACK, ...secretIs(credentials) };
        await stacks.shell(documented.take("README.md", "aws secretsmanager put-secret-value", fillings));
        expect(await secretValue(account.operator, outputs.partnerA.secret_arn)).to.contain("for a moment");
      });

      it("puts credentials into the secret that let the connector in", async () => {
        await operate("put-secret-value", secretIs(current().remoteA.credentials));
        expect(JSON.parse(await operate("test-connection"))).to.include({ Status: "OK" });
      });

      it("starts a run by hand", async () => {
        expect(await endedRun(await operate('--name "by-hand-', sync))).to.include({ status: "SUCCEEDED" });
      });

      it("starts a run that brings back what was deleted", async () => {
        const { account, remoteA } = current();
        const key = `partner-a${remoteA.base}/orders/a.csv`;
        await removeTargetObject(account.operator, key);
        expect(await endedRun(await operate('--name "compare-', sync))).to.include({ status: "SUCCEEDED" });
        expect(await targetObject(account.operator, key)).to.equal("alpha");
      });

      it("asks for the connector's log", async () => {
        expect(JSON.parse(await operate("describe-log-streams"))).to.be.an("array");
      });

      it("replaces roles and dashboards, and nothing else", async () => {
        // Planned only: the provider spends a minute in waits of its own.
        const plan = await operate("-replace=", { "terraform apply": "terraform plan -no-color -refresh=false" });
        const replaced = [...plan.matchAll(/# (\S+) will be replaced, as requested/g)].map(
          ([, address = ""]) => address.split(".")[0],
        );
        expect(new Set(replaced)).to.deep.equal(new Set(["aws_iam_role", "aws_cloudwatch_dashboard"]));
      });
    },
  );
}
