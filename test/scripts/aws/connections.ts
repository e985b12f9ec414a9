import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { CreateSecretCommand, DeleteSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeConnectorCommand, UpdateConnectorCommand } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { utils } from "ssh2";
import { UserError } from "../../../local/errors/user-error";
import { generateHostKeys, publicKeyOf } from "../../../local/sftp-server/host-keys";
import { AwsSession } from "../../../scripts/commands/aws/access/session";
import { loginFromFlags } from "../../../scripts/commands/aws/credentials/login";
import { putCredentials } from "../../../scripts/commands/aws/credentials/put-credentials";
import { type RotationStep, rotateCredentials } from "../../../scripts/commands/aws/credentials/rotation";
import type { Login } from "../../../scripts/commands/aws/credentials/secret-value";
import { testConnection } from "../../../scripts/commands/aws/status/test-connection";
import { testText } from "../../../scripts/commands/aws/status/test-text";
import { EMBEDDED, type RemoteServer } from "../../end-to-end/remote-servers";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { type CommandWorld, definitionOf, deploy, deployConnector, syncOf } from "./world";

export function describeConnections(world: () => CommandWorld): void {
  const server = "connected";
  const secret = `aws/transfer/sftp-sync-${server}`;
  let remote: RemoteServer;
  let connectorId: string;

  const put = (login: Login, approves = true) =>
    putCredentials({ server, session: world().session, approve: async () => approves, login: async () => login });
  const storedIn = async (name: string) =>
    JSON.parse(
      (await world().clients.secrets.send(new GetSecretValueCommand({ SecretId: name, VersionStage: "AWSCURRENT" })))
        .SecretString ?? "",
    );
  const test = () => testConnection({ server, session: world().session });

  describe("credentials and test", () => {
    before(async () => {
      remote = await EMBEDDED.start();
      const definition = await definitionOf(server, [syncOf("orders")], {
        Url: remote.url,
        PublicKey: remote.hostPublicKeys,
      });
      connectorId = await deployConnector(world(), definition);
      await deploy(world(), definition, { connectorId });
    });

    after(() => remote.close());

    it("say that there are no credentials yet, without a connection", async () => {
      const result = await test();
      expect(result).to.include({
        isConnected: false,
        next: `The secret holds no credentials: npx sftp-sync credentials ${server}`,
      });
      expect(result).not.to.have.property("words");
    });

    it("explain a login that fails, and never show the password", async () => {
      await put({ username: "partner", password: "wr0ng" });
      const result = await test();
      expect(result.isConnected).to.equal(false);
      expect(result.next).to.match(/^The server is up and its host key is right; it does not let this user in\./);
      expect(testText(result))
        .to.include(`connected: not connected to sftp://${remote.url}\nThe connector says: `)
        .and.not.include("wr0ng");
    });

    it("put credentials with which the connector logs in", async () => {
      const { username, password } = remote.credentials;
      const result = await put({ username, password });
      expect(result).to.deep.include({ server, secret, username, notes: [] });
      expect(await storedIn(secret)).to.deep.equal({ Username: username, Password: password });
      const connected = await test();
      expect(connected).to.include({ isConnected: true, words: "Connection succeeded" });
      expect(remote.hostPublicKeys).to.include(connected.hostKey);
      expect(testText(connected)).to.match(/^Host key of the server: \S+ SHA256:[\w+/]{43}$/m);
    });

    it("keep what the secret holds where nobody agrees to replace it", async () => {
      const before = await storedIn(secret);
      const error = await errorOf(put({ username: "other", password: "other" }, false));
      expect(error).to.be.instanceOf(UserError);
      expect(error.message).to.equal(`The secret ${secret} keeps the credentials that it holds`);
      expect(await storedIn(secret)).to.deep.equal(before);
    });

    it("rotate without a gap: the next ones wait, and are used once the connector gets in with them", async () => {
      const { username, password } = remote.credentials;
      const good = { Username: username, Password: password };
      const wait = (login: Login) =>
        putCredentials({
          ...{ server, session: world().session, isNext: true, login: async () => login },
          approve: async () => false,
        });
      const rotate = (step: RotationStep) => rotateCredentials({ server, step, session: world().session });
      expect((await errorOf(rotate("promote"))).message).to.equal("The secret holds no next credentials");
      await wait({ username, password: "wr0ng" });
      expect(await storedIn(secret)).to.deep.equal(good);
      const refused = await rotate("promote");
      expect(refused).to.include({ isUndone: true }).and.to.have.nested.property("test.isConnected", false);
      expect(await storedIn(secret)).to.deep.equal(good);
      await rotate("discard");
      expect((await errorOf(rotate("discard"))).message).to.equal("The secret holds no next credentials");
      await put({ username, password: "0ld" });
      await wait({ username, password });
      const promoted = await rotate("promote");
      expect(promoted).to.include({ isUndone: false }).and.to.have.nested.property("test.isConnected", true);
      expect(await storedIn(secret)).to.deep.equal(good);
      const back = await rotate("back");
      expect(back).to.have.nested.property("test.isConnected", false);
      expect(await storedIn(secret)).to.deep.equal({ Username: username, Password: "0ld" });
      await put({ username, password });
    });

    describe("whose rotation fails half-way", () => {
      const wait = (login: Login) =>
        putCredentials({
          ...{ server, session: world().session, isNext: true, login: async () => login },
          approve: async () => false,
        });
      const passwordOf = async (VersionStage: string) =>
        JSON.parse(
          (await world().clients.secrets.send(new GetSecretValueCommand({ SecretId: secret, VersionStage })))
            .SecretString ?? "",
        ).Password;

      beforeEach(async () => {
        const { username, password } = remote.credentials;
        // The emulator loses track of what is current once labels have moved.
        await world().clients.secrets.send(
          new DeleteSecretCommand({ SecretId: secret, ForceDeleteWithoutRecovery: true }),
        );
        await world().clients.secrets.send(new CreateSecretCommand({ Name: secret }));
        await put({ username, password: "0ld" });
        await put({ username, password });
        await wait({ username: "partner", password: "wr0ng" });
      });

      afterEach(() => world().denied.clear());

      it("never go back to credentials that were refused", async () => {
        await rotateCredentials({ server, step: "promote", session: world().session });
        expect(await passwordOf("AWSPREVIOUS")).to.equal("0ld");
        await rotateCredentials({ server, step: "discard", session: world().session });
        await rotateCredentials({ server, step: "back", session: world().session });
        expect(await passwordOf("AWSCURRENT")).to.equal("0ld");
      });

      it("return to the old ones where the command is interrupted before the next ones were tried", async () => {
        const call = { server, step: "promote", session: world().session, signal: AbortSignal.abort() } as const;
        expect((await errorOf(rotateCredentials(call))).name).to.equal("Interrupted");
        expect([await passwordOf("AWSCURRENT"), await passwordOf("AWSPENDING")]).to.deep.equal([
          remote.credentials.password,
          "wr0ng",
        ]);
      });

      it("say which are current, and what to do, where the old ones cannot be put back", async () => {
        class FailingSession extends AwsSession {
          override async ask<T>(action: string, request: () => Promise<T>): Promise<T> {
            const result = await super.ask(action, request);
            if (action.startsWith("secretsmanager:UpdateSecretVersionStage")) {
              world().denied.add("UpdateSecretVersionStage");
            }
            return result;
          }
        }
        const { installation, config } = world().session;
        const session = new FailingSession(installation, config);
        const error = await errorOf(rotateCredentials({ server, step: "promote", session }));
        expect(error.message).to.match(/^The next credentials are current, .* could not be put back: /);
        expect(error).to.have.property("next", "npx sftp-sync credentials connected --back, as soon as AWS answers");
        world().denied.clear();
        const again = await errorOf(rotateCredentials({ server, step: "promote", session: world().session }));
        expect(again.message).to.contain("an earlier call was cut off before they were tried");
        await rotateCredentials({ server, step: "back", session: world().session });
        expect(await passwordOf("AWSCURRENT")).to.equal(remote.credentials.password);
      });
    });

    it("put a private key as PEM, with and without a password", async () => {
      const { private: text } = utils.generateKeyPairSync("ecdsa", { bits: 256 });
      const { notes } = await put({ username: "partner", password: "x", privateKey: { text, source: "FILE" } });
      const { PrivateKey, ...rest } = await storedIn(secret);
      expect(rest).to.deep.equal({ Username: "partner", Password: "x" });
      expect(PrivateKey).to.match(/^-----BEGIN EC PRIVATE KEY-----\n[\s\S]+\n-----END EC PRIVATE KEY-----\n$/);
      expect(notes.join()).to.include("was converted");
      await put({ username: "partner", privateKey: { text, source: "FILE" } });
      expect(await storedIn(secret)).to.have.keys("Username", "PrivateKey");
    });

    it("explain a host key that is not trusted", async () => {
      const { username, password } = remote.credentials;
      await put({ username, password });
      const [other = ""] = generateHostKeys();
      const { Connector } = await world().clients.transfer.send(
        new DescribeConnectorCommand({ ConnectorId: connectorId }),
      );
      const trust = (keys: readonly string[]) =>
        world().clients.transfer.send(
          new UpdateConnectorCommand({
            ConnectorId: connectorId,
            SftpConfig: { ...Connector?.SftpConfig, TrustedHostKeys: [...keys] },
          }),
        );
      await trust([publicKeyOf(other)]);
      const result = await test();
      await trust(remote.hostPublicKeys);
      expect(result.isConnected).to.equal(false);
      expect(result.next).to.match(/shows no host key that PublicKey trusts.*trust none before you know why/);
    });

    it("leave the old value where something is wrong with the new one, and do not show it", async () => {
      const before = await storedIn(secret);
      for (const [login, message] of [
        [{ username: "" }, /user name is empty/],
        [{ username: " partner" }, /blanks around it/],
        [{ username: "a\nb" }, /line break/],
        [{ username: "partner", password: "" }, /password is empty/],
        [{ username: "partner", password: "s3cret\nx" }, /The password holds a line break/],
        [{ username: "partner", privateKey: { text: "s3cret", source: "FILE" } }, /FILE is no key/],
        [{ username: "partner", password: "s3cret".repeat(20_000) }, /120036 bytes; a secret takes 65536/],
      ] as const) {
        const error = await errorOf(put(login));
        expect(error).to.be.instanceOf(UserError);
        expect(error.message).to.match(message).and.not.include("s3cret");
      }
      expect(await storedIn(secret)).to.deep.equal(before);
    });

    it("say that a server is not deployed before anything is asked", async () => {
      let isAsked = false;
      const login = async () => {
        isAsked = true;
        return { username: "x", password: "y" };
      };
      const approve = async () => true;
      const error = await errorOf(putCredentials({ server: "nowhere", session: world().session, approve, login }));
      expect(error.message).to.match(/nowhere is not deployed to the account 123456789012/);
      const definition = await definitionOf("removed", [syncOf("orders")]);
      await deployConnector(world(), definition);
      await world().clients.secrets.send(new DeleteSecretCommand({ SecretId: "aws/transfer/sftp-sync-removed" }));
      const deleted = await errorOf(putCredentials({ server: "removed", session: world().session, approve, login }));
      expect(deleted.message).to.match(/The secret aws\/transfer\/sftp-sync-removed was deleted on 20/);
      expect(isAsked).to.equal(false);
    });
  });

  describe("the flags of credentials", () => {
    it("read a password from the standard input, without the line break at its end", async () => {
      const login = await loginFromFlags({ username: "u", passwordStdin: true }, Readable.from(["corr", "ect \r\n"]));
      expect(login).to.deep.equal({ username: "u", password: "correct " });
    });

    it("read no more of it than a password may have, and nothing but text", async () => {
      const endless = Readable.from(
        (function* () {
          for (;;) {
            yield "x".repeat(1_000);
          }
        })(),
      );
      const login = (input: Readable) => loginFromFlags({ username: "u", passwordStdin: true }, input);
      expect((await errorOf(login(endless))).message).to.match(/too large for a password \(more than 65536 bytes\)/);
      expect((await errorOf(login(Readable.from([Buffer.from([0xff])])))).message).to.match(
        /^The password cannot be read/,
      );
      const endlessKey = loginFromFlags({ username: "u", privateKey: "/dev/zero" });
      expect((await errorOf(endlessKey)).message).to.match(/too large for a private key \(more than 65536 bytes\)/);
    });

    it("refuse to read it where everybody would see it", async () => {
      const terminal = Object.assign(Readable.from([]), { isTTY: true });
      const error = await errorOf(loginFromFlags({ username: "u", passwordStdin: true }, terminal));
      expect(error.message).to.match(/a terminal would show the password/);
    });

    it("read a private key's file, and name one that is not there or is far too large", async () => {
      const file = join(tempFolder(), "key");
      await writeFile(file, "text");
      expect(await loginFromFlags({ username: "u", privateKey: file })).to.deep.equal({
        username: "u",
        privateKey: { text: "text", source: file },
      });
      await writeFile(file, "x".repeat(100_000));
      expect((await errorOf(loginFromFlags({ username: "u", privateKey: file }))).message).to.match(
        /too large for a private key \(100000 bytes\)/,
      );
      expect((await errorOf(loginFromFlags({ username: "u", privateKey: "/nowhere" }))).message).to.match(
        /\/nowhere \(ENOENT\)/,
      );
    });
  });
}
