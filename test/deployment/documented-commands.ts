import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { RemoteServer } from "../end-to-end/remote-servers";
import { type Fillings, placeOf } from "../support/fences";
import { Transcript } from "../support/transcript";
import { writeDefinitions } from "./world/definitions";
import { commandsObstacle, type Documented } from "./world/documented";
import { removeTargetObject, targetObject } from "./world/objects";
import type { PlainWorld } from "./world/plain-world";
import { secretValue } from "./world/secrets";

const STACK = "server-partner-a";

/** The commands of the documents that need an account, but for those that create and remove; they have their own places. */
export function describeDocumentedCommands(current: () => PlainWorld, documented: Documented): void {
  const obstacle = commandsObstacle();

  (obstacle === undefined ? describe : describe.skip)(
    `a documented command${obstacle ? ` (skipped: ${obstacle})` : ""}`,
    () => {
      const operate = (text: string, fillings?: Fillings) =>
        documented.operate(current().stacks, STACK, text, fillings);
      const call = (page: string, text: string, fillings: Fillings) =>
        current().stacks.shell(`cd ${scripts}\n${documented.take(page, text, fillings)}`);
      const sync = { "SERVER SYNC": "partner-a orders" };
      let scripts = "";
      const standIns: [string, string][] = [];
      const run = (command: string) => current().stacks.shell(`cd ${scripts}\n{ ${command}\n} 2>&1`);
      const tasks = new Transcript({ page: "docs/tasks.md", mark: "aws", standIns, run });

      before(() => {
        const { remoteA, partnerA } = current();
        scripts = current().scripts;
        writeDefinitions(join(scripts, "servers"), [partnerA]);
        given("partner-a", remoteA, scripts);
        const { username } = remoteA.credentials;
        standIns.push(
          ["acme.key", join(scripts, "key")],
          ["sftp.acme.example.com", remoteA.url],
          ["/orders", `${remoteA.base}/orders`],
          ["acme-feed", "partner-a"],
          ["username feeds", `username ${username}`],
          ["credentials of feeds", `credentials of ${username}`],
          ["credentials, of feeds", `credentials, of ${username}`],
        );
      });

      it("puts credentials into the secret that let the connector in, as README.md has it", async () => {
        const { account, outputs, remoteA } = current();
        const fillings = {
          "credentials NAME": `credentials --replace ${given("partner-a", remoteA, scripts)}`,
          "test NAME": "test partner-a",
        };
        const printed = await call("README.md", "npx sftp-sync credentials", fillings);
        expect(printed).to.contain(`partner-a: connected to sftp://${remoteA.url}`);
        expect(await secretValue(account.operator, outputs.partnerA.secret_arn)).to.contain(
          remoteA.credentials.username,
        );
      });

      it("does the same step by step", async () => {
        const page = "docs/operations.md";
        const login = given("partner-a", current().remoteA, scripts);
        await call(page, "sftp-sync credentials", { "credentials SERVER": `credentials --replace ${login}` });
        expect(await call(page, "sftp-sync test", { SERVER: "partner-a" })).to.contain("partner-a: connected");
      });

      it("runs a sync by hand, and brings back what was deleted", async () => {
        const { account, remoteA } = current();
        const key = `partner-a${remoteA.base}/orders/a.csv`;
        await removeTargetObject(account.operator, key);
        const printed = await call("docs/operations.md", "sftp-sync run", sync);
        const ended = [
          ...printed.matchAll(/^partner-a \/ orders, run \S+: (\S+)\nStarted .* by hand, took [^,\n]*(.*)$/gm),
        ];
        expect(ended.map(([, status, mode]) => `${status}${mode}`)).to.have.lengthOf(4);
        expect(ended[0]?.slice(1)).to.deep.equal(["SUCCEEDED", ""]);
        expect(ended[1]?.slice(1)).to.deep.equal(["SUCCEEDED", ", mode compare"]);
        expect(ended[2]?.[2]).to.match(/^, mode since 20/);
        expect(ended[3]?.slice(1)).to.deep.equal(["SUCCEEDED", ", dry run"]);
        expect(await targetObject(account.operator, key)).to.equal("alpha");
      });

      it("shows how a deployed server is", async () => {
        const command = `cd ${scripts}\nnpx sftp-sync status partner-a\nnpx sftp-sync runs partner-a orders --limit 4`;
        const printed = await current().stacks.shell(command);
        expect(printed).to.match(/^partner-a +yes +.* SUCCEEDED .* present +as defined$/m);
        expect(printed.match(/ orders +hand +SUCCEEDED/g)).to.have.lengthOf(4);
      });

      for (const fence of tasks.blocks) {
        it(`prints what ${placeOf(fence)} shows`, async () => {
          const { shown, now } = await tasks.replay(fence);
          expect(now).to.equal(shown);
        });
      }

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

/** What a script adds to the command for credentials, which otherwise asks. */
function given(server: string, { credentials }: RemoteServer, folder: string): string {
  const { username, password, privateKey } = credentials;
  if (privateKey === undefined) {
    return `${server} --username '${username}' --password-stdin <<'EOF'\n${password}\nEOF\n#`;
  }
  const file = join(folder, "key");
  writeFileSync(file, privateKey, { mode: 0o600 });
  return `${server} --username '${username}' --private-key ${file}`;
}
