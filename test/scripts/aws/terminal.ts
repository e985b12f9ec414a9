import { resolve } from "node:path";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { atTerminal } from "../../support/terminal";
import { runCli, startCli } from "../cli-process";
import { type CommandWorld, definitionOf, deploy, deployConnector, syncOf } from "./world";

const ROOT = resolve(__dirname, "..", "..", "..");

/** The command line itself, where somebody is asked or stops it. */
export function describeTerminal(world: () => CommandWorld): void {
  const server = "asked";
  const ending = new AbortController();

  const environment = () => ({
    AWS_ENDPOINT_URL: world().url,
    AWS_ACCESS_KEY_ID: "operator",
    AWS_SECRET_ACCESS_KEY: "emulated",
  });
  const call = (...args: string[]) =>
    atTerminal(
      { folder: ROOT, environment: { ...process.env, ...environment() }, signal: ending.signal },
      "sftp-sync",
      ...args,
    );
  const running = async () => {
    const stateMachineArn = `arn:aws:states:eu-central-1:123456789012:stateMachine:sftp-sync-${server}`;
    const { executions } = await world().clients.states.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING" }),
    );
    return executions?.length;
  };

  describe("at a terminal", () => {
    before(async () => {
      const definition = await definitionOf(server, [syncOf("orders")]);
      await deploy(world(), definition, { connectorId: await deployConnector(world(), definition), seconds: 600 });
    });

    after(() => ending.abort());

    it("credentials asks, and never shows the password", async () => {
      const { printed, type, ended } = call("credentials", server);
      await printed("User name");
      type("partner\r");
      await printed("It logs in with");
      type("\r");
      await printed("Password");
      type("s3cret\r");
      await printed(`Next: npx sftp-sync test ${server}`);
      const { code, printed: all } = await ended;
      expect(code).to.equal(0);
      expect(all).not.to.include("s3cret");
      const command = new GetSecretValueCommand({ SecretId: `aws/transfer/sftp-sync-${server}` });
      const { SecretString = "" } = await world().clients.secrets.send(command);
      expect(JSON.parse(SecretString)).to.deep.equal({ Username: "partner", Password: "s3cret" });
    });

    it("credentials does not replace any without --replace where there is no terminal", async () => {
      const args = ["credentials", server, "--username", "other", "--password-stdin"];
      const { code, stderr } = await runCli(args, environment());
      expect(code).to.equal(2);
      expect(stderr).to.match(
        /^The secret .*asked holds credentials already\.\n.*\nNext: the same command with --replace\n$/,
      );
    });

    it("run --wait leaves the run alone at Ctrl-C, says so, and ends with 130", async () => {
      const command = startCli(["run", server, "orders", "--wait"], environment());
      await command.stderrHas("asked / orders: started, run ");
      command.kill("SIGINT");
      const { code, stdout, stderr } = await command.ended;
      expect({ code, stdout }).to.deep.equal({ code: 130, stdout: "" });
      expect(stderr)
        .to.include("Started, and at work on AWS: orders (run ")
        .and.include(`npx sftp-sync stop ${server} ends them`);
      expect(await running()).to.equal(1);
    });

    it("stop asks first, and wants --yes where there is no terminal", async () => {
      const { code, stderr } = await runCli(["stop", server], environment());
      expect(code).to.equal(2);
      expect(stderr).to.match(
        /^At work: asked \/ orders since .*\nThis command asks questions.*\nNext: npx sftp-sync stop asked --yes\n$/,
      );
      expect(await running()).to.equal(1);
      const { printed, type, ended } = call("stop", server);
      await printed("Stop?");
      type("y");
      await printed("Stopped: ");
      expect((await ended).code).to.equal(0);
      expect(await running()).to.equal(0);
    });
  });
}
