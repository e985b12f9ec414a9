import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { runPrefix } from "../../../engine/run-context";
import { putCredentials } from "../../../scripts/commands/aws/credentials/put-credentials";
import { EMBEDDED, type RemoteServer } from "../../end-to-end/remote-servers";
import { tempFolder } from "../../support/temp-folder";
import { runCli } from "../cli-process";
import { type CommandWorld, definitionOf, deploy, deployConnector, put, putReport, syncOf } from "./world";

/** What the command line makes of a result: exit codes, and where which words go. */
export function describeCommandLine(world: () => CommandWorld): void {
  const server = "rotated";
  let remote: RemoteServer;

  const cli = (...args: string[]) =>
    runCli(args, {
      AWS_ENDPOINT_URL: world().url,
      AWS_ACCESS_KEY_ID: "operator",
      AWS_SECRET_ACCESS_KEY: "emulated",
    });
  const userOf = async (VersionStage: string) => {
    const command = new GetSecretValueCommand({ SecretId: `aws/transfer/sftp-sync-${server}`, VersionStage });
    return JSON.parse((await world().clients.secrets.send(command)).SecretString ?? "").Username;
  };

  describe("the command line on AWS", () => {
    before(async () => {
      remote = await EMBEDDED.start();
      const definition = await definitionOf(server, [syncOf("orders")], {
        Url: remote.url,
        PublicKey: remote.hostPublicKeys,
      });
      await deploy(world(), definition, { connectorId: await deployConnector(world(), definition) });
      const { username, password } = remote.credentials;
      const login = async () => ({ username, password });
      await putCredentials({ server, session: world().session, approve: async () => true, login });
    });

    after(() => remote.close());

    it("rotates credentials: the next ones wait, and are undone with exit code 1 where they do not get in", async () => {
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const file = join(tempFolder(), "next.key");
      writeFileSync(file, privateKey.export({ type: "sec1", format: "pem" }));
      const next = await cli("credentials", server, "--next", "--username", "later", "--private-key", file, "--json");
      expect(next.code, next.stderr).to.equal(0);
      expect(JSON.parse(next.stdout)).to.include({ version: 1, server, username: "later" });
      expect([await userOf("AWSCURRENT"), await userOf("AWSPENDING")]).to.deep.equal([
        remote.credentials.username,
        "later",
      ]);

      const promoted = await cli("credentials", server, "--promote");
      expect(promoted.code, promoted.stderr).to.equal(1);
      expect(promoted.stdout)
        .to.match(/: the credentials are those that they were; the next ones wait\.\n/)
        .and.include(`${server}: not connected to sftp://${remote.url}`);
      expect(await userOf("AWSCURRENT")).to.equal(remote.credentials.username);

      const discarded = await cli("credentials", server, "--discard");
      expect(discarded, discarded.stderr).to.include({ code: 0, stderr: "" });
      const none = await cli("credentials", server, "--promote", "--json");
      expect(none.code).to.equal(2);
      expect(JSON.parse(none.stdout)).to.have.nested.property("error.message", "The secret holds no next credentials");
    });

    it("report --all names every file of the run's lists, and --json has them", async () => {
      const run = { server, sync: "orders", run: "all-of-it" };
      const lines = (reason?: string) =>
        Array.from({ length: 120 }, (_, index) => JSON.stringify({ path: `/orders/${index}.csv`, size: 7, reason }));
      const files = { seen: 240, transferred: 120, failed: 0, unfinished: 0, skipped: { excluded: 120 } };
      await putReport(world(), run, {
        ...{ files, fileLists: { lists: ["files-001.jsonl"] }, skippedLists: { lists: ["skipped-001.jsonl"] } },
      });
      const putList = (list: string, all: readonly string[]) =>
        put(world().clients, runPrefix(server, run.sync, run.run) + list, `${all.join("\n")}\n`);
      await putList("files-001.jsonl", lines());
      await putList("skipped-001.jsonl", lines("excluded"));
      const text = await cli("report", server, run.run, "--all");
      expect(text.code, text.stderr).to.equal(0);
      expect(text.stdout.match(/^ {2}\+ \/orders\/\d+\.csv \(7 B\)$/gm)).to.have.lengthOf(120);
      expect(text.stdout.match(/^ {4}- \/orders\/\d+\.csv \(7 B\)$/gm)).to.have.lengthOf(120);
      expect(text.stdout).not.to.include("--all shows them");
      const { stdout } = await cli("report", server, run.run, "--json");
      const document = JSON.parse(stdout);
      expect([document.files.length, document.skippedFiles.length]).to.deep.equal([20, 20]);
      expect(document.skippedFiles[0]).to.deep.equal({ path: "/orders/0.csv", size: 7, reason: "excluded" });
    });
  });
}
