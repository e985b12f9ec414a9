import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { TestConnectionCommand, UpdateConnectorCommand } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { Server as SshServer, utils } from "ssh2";
import { connectionStep } from "../../../contract/connection-steps";
import { S3Store } from "../../../local/s3/s3-store";
import { generateHostKeys, publicKeyOf } from "../../../local/sftp-server/host-keys";
import { type SftpServer, type SftpServerOptions, startSftpServer } from "../../../local/sftp-server/sftp-server";
import type { ConnectorStore } from "../../../local/transfer/connector-store";
import type { SftpCredentials } from "../../../local/transfer/remote-server";
import { tempFolder } from "../../support/temp-folder";
import { CONNECTOR, eventually, type LocalTransfer, startTransfer } from "./local-transfer";

const PASSWORD = "pass-phrase-7";
const rsa = utils.generateKeyPairSync("rsa", { bits: 2048 });
const ecdsa = utils.generateKeyPairSync("ecdsa", { bits: 256 });
const publicKey = (pair: { private: string }) => publicKeyOf(pair.private);

/** Where a server listens on the loopback interface. */
function placeOf(server: Pick<Server, "address">): { host: string; port: number } {
  const address = server.address();
  return { host: "127.0.0.1", port: address !== null && typeof address === "object" ? address.port : 0 };
}

describe("a connector's connections", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const thing of open.splice(0).reverse()) {
      await thing.close();
    }
  });

  async function serve(options: Partial<SftpServerOptions> = {}): Promise<SftpServer & { root: string }> {
    const root = tempFolder();
    mkdirSync(join(root, "folder"));
    writeFileSync(join(root, "folder/file"), "content");
    const server = await startSftpServer({ root, username: "partner", password: PASSWORD, ...options });
    open.push(server);
    return { ...server, root };
  }

  async function connect(
    server: Pick<SftpServer, "host" | "port">,
    trustedHostKeys: readonly string[],
    credentials: SftpCredentials | undefined = { username: "partner", password: PASSWORD },
    maxConcurrentConnections = 2,
    stores: { readonly store?: S3Store; readonly connectorStore?: ConnectorStore } = {},
  ): Promise<LocalTransfer> {
    const url = `${server.host}:${server.port}`;
    const transfer = await startTransfer({
      connector: { url, trustedHostKeys, maxConcurrentConnections },
      credentials,
      ...stores,
    });
    open.push(transfer);
    return transfer;
  }

  const test = (transfer: LocalTransfer) => transfer.client.send(new TestConnectionCommand({ ConnectorId: CONNECTOR }));

  /** @param step of the advice that a run gives which sees nothing else. */
  async function expectFailure(transfer: LocalTransfer, code: string, message: RegExp, step?: RegExp): Promise<void> {
    const tested = await test(transfer);
    expect(tested.Status).to.equal("ERROR");
    const event = await transfer.list("/folder");
    const [result] = await transfer.retrieve(["/folder/file"]);
    expect(event).to.have.nested.property("detail.failure-code", code);
    expect(result).to.include({ StatusCode: "FAILED", FailureCode: code });
    const messages = [tested.StatusMessage, Reflect.get(event, "detail")["failure-message"], result?.FailureMessage];
    for (const text of messages) {
      expect(text).to.match(message);
      expect(text).not.to.contain(PASSWORD);
      if (step !== undefined) {
        expect(connectionStep(text)).to.match(step);
      }
    }
  }

  it("tell the host key of a server that they can log in to", async () => {
    const server = await serve();
    const tested = await test(await connect(server, server.hostPublicKeys));
    expect(tested).to.deep.include({
      ConnectorId: CONNECTOR,
      Status: "OK",
      StatusMessage: "Connection succeeded",
      SftpConnectionDetails: { HostKey: server.hostPublicKeys[0] },
    });
  });

  describe("and host keys", () => {
    for (const [name, pair] of Object.entries({ rsa, ecdsa })) {
      it(`trust a server by its ${name} key alone, whatever else it has`, async () => {
        const server = await serve({ hostKeys: [rsa.private, ecdsa.private] });
        const transfer = await connect(server, [publicKey(pair)]);
        expect((await test(transfer)).SftpConnectionDetails).to.deep.equal({ HostKey: publicKey(pair) });
      });
    }

    it("trust any one of several keys of a type", async () => {
      const server = await serve({ hostKeys: [rsa.private] });
      const others = generateHostKeys().map(publicKeyOf);
      expect((await test(await connect(server, [...others, publicKey(rsa)]))).Status).to.equal("OK");
    });

    it("refuse another key, name it, and send no credentials", async () => {
      let attempts = 0;
      const server = await serve({ hostKeys: [rsa.private], onLoginAttempt: () => (attempts += 1) });
      const transfer = await connect(server, generateHostKeys().map(publicKeyOf));
      await expectFailure(
        transfer,
        "CONNECTION_ERROR",
        /Host key .* shows ssh-rsa SHA256:[\w+/]{43}, which .* \(allowed: (ssh-rsa|ecdsa-\S+) SHA256:[\w+/]{43}[,)]/,
        /PublicKey/,
      );
      expect((await test(transfer)).SftpConnectionDetails).to.deep.equal({ HostKey: publicKey(rsa) });
      expect(attempts).to.equal(0);
    });

    it("are none where the security policy has no signature for any trusted one: nothing is trusted then", async () => {
      const p384 = utils.generateKeyPairSync("ecdsa", { bits: 384 });
      const server = await serve({ hostKeys: [p384.private] });
      const transfer = await connect(server, [publicKey(p384)]);
      expect((await test(transfer)).Status).to.equal("OK");
      const SecurityPolicyName = "TransferSFTPConnectorSecurityPolicy-FIPS-2024-10";
      await transfer.client.send(new UpdateConnectorCommand({ ConnectorId: CONNECTOR, SecurityPolicyName }));
      await expectFailure(transfer, "CONNECTION_ERROR", /no host key of a trusted type.*FIPS-2024-10 allows/);
    });

    it("refuse a server without a key of a trusted type", async () => {
      const server = await serve({ hostKeys: [rsa.private] });
      const transfer = await connect(server, [publicKey(ecdsa)]);
      await expectFailure(transfer, "CONNECTION_ERROR", /no host key of a trusted type \(ecdsa-sha2-nistp256\)/);
    });
  });

  describe("and credentials", () => {
    it("answer keyboard-interactive with the password", async () => {
      const server = await serve({ passwordMethod: "keyboard-interactive" });
      expect((await test(await connect(server, server.hostPublicKeys))).Status).to.equal("OK");
    });

    for (const [name, pair] of Object.entries({ rsa, ecdsa })) {
      it(`log in with an ${name} private key`, async () => {
        const server = await serve({ password: undefined, authorizedKeys: [publicKey(pair)] });
        const transfer = await connect(server, server.hostPublicKeys, {
          username: "partner",
          privateKey: pair.private,
        });
        expect((await test(transfer)).Status).to.equal("OK");
      });
    }

    it("log in with the password where the private key is not known", async () => {
      const server = await serve({ authorizedKeys: [publicKey(rsa)] });
      const credentials = { username: "partner", password: PASSWORD, privateKey: ecdsa.private };
      expect((await test(await connect(server, server.hostPublicKeys, credentials))).Status).to.equal("OK");
    });

    it("say who was refused, and what was tried", async () => {
      const server = await serve();
      const wrong = { username: "partner", password: "wrong" };
      const transfer = await connect(server, server.hostPublicKeys, wrong);
      await expectFailure(
        transfer,
        "CONNECTION_ERROR",
        /Authentication failed: .* refuses the user partner with the password/,
        /user name, and password or key/,
      );
      const other = { username: "stranger", privateKey: rsa.private };
      const strange = await connect(server, server.hostPublicKeys, other);
      await expectFailure(strange, "CONNECTION_ERROR", /refuses the user stranger with the private key/);
    });

    it("say that there are none", async () => {
      const server = await serve();
      const transfer = await startTransfer({
        connector: { url: `${server.host}:${server.port}`, trustedHostKeys: server.hostPublicKeys },
        credentials: undefined,
      });
      open.push(transfer);
      await expectFailure(transfer, "CONNECTION_ERROR", /no credentials/);
    });

    it("say that a private key cannot be read", async () => {
      const server = await serve();
      const transfer = await connect(server, server.hostPublicKeys, { username: "partner", privateKey: "no key" });
      await expectFailure(transfer, "CONNECTION_ERROR", /private key cannot be used/);
    });
  });

  describe("and servers that fail", () => {
    it("say that nothing listens", async () => {
      const server = await serve();
      await server.close();
      await expectFailure(
        await connect(server, server.hostPublicKeys),
        "CONNECTION_ERROR",
        /connection refused/,
        /Nothing answers at Url/,
      );
    });

    it("say that a host name does not exist", async () => {
      const transfer = await connect({ host: "no-such-host.invalid", port: 22 }, [publicKey(rsa)]);
      await expectFailure(
        transfer,
        "CONNECTION_ERROR",
        /Cannot connect to no-such-host\.invalid:22: .*host name/,
        /Nothing answers at Url/,
      );
    });

    it("say that a server has no algorithm of the security policy", async () => {
      const old = new SshServer({ hostKeys: [rsa.private], algorithms: { cipher: ["aes256-cbc"] } }, (client) => {
        client.on("error", () => undefined);
      });
      old.listen(0, "127.0.0.1");
      await once(old, "listening");
      open.push({ close: async () => void old.close() });
      const transfer = await connect(placeOf(old), [publicKey(rsa)]);
      await expectFailure(transfer, "CONNECTION_ERROR", /it has no cipher that .* allows/, /SecurityPolicyName/);
    });

    it("say that a server is no SSH server", async () => {
      const http: Server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
      http.listen(0, "127.0.0.1");
      await once(http, "listening");
      open.push({ close: async () => void http.close() });
      const transfer = await connect(placeOf(http), [publicKey(rsa)]);
      await expectFailure(transfer, "CONNECTION_ERROR", /Cannot connect to 127\.0\.0\.1/, /Check the port/);
    });

    it("fail the file whose connection breaks, leave nothing of it, and connect again for the next", async () => {
      const server = await serve();
      truncateSync(join(server.root, "folder/file"), 2_000_000_000);
      writeFileSync(join(server.root, "folder/small"), "small");
      const transfer = await connect(server, server.hostPublicKeys, undefined, 1);
      const { TransferId } = await transfer.startRetrieval(["/folder/file"]);
      await eventually(async () => {
        const [file] = await transfer.results(TransferId);
        return file?.StatusCode === "IN_PROGRESS" && server.connections().open > 0 ? true : undefined;
      });
      server.disconnectClients();
      const [broken] = await transfer.finished(TransferId);
      expect(broken).to.include({ StatusCode: "FAILED", FailureCode: "CONNECTION_ERROR" });
      expect(await transfer.store.head("test-bucket", "files/file")).to.equal(undefined);
      expect(await transfer.retrieve(["/folder/small"])).to.have.nested.property("[0].StatusCode", "COMPLETED");
    });

    it("notice that a kept connection is dead, and use a new one", async () => {
      const server = await serve();
      const transfer = await connect(server, server.hostPublicKeys, undefined, 1);
      await transfer.list("/folder");
      server.disconnectClients();
      expect(await transfer.list("/folder")).to.have.property("truncated", "false");
      expect(server.connections().total).to.equal(2);
    });
  });

  it("are as many as MaxConcurrentConnections allows, used again, and closed in the end", async () => {
    const server = await serve();
    const names = Array.from({ length: 40 }, (_, i) => `/folder/f${i}`);
    for (const name of names) {
      writeFileSync(join(server.root, name), name);
    }
    const transfer = await connect(server, server.hostPublicKeys, undefined, 3);
    const batches = [0, 10, 20, 30].map((from) => transfer.retrieve(names.slice(from, from + 10)));
    const results = (await Promise.all(batches)).flat();
    expect(results.filter(({ StatusCode }) => StatusCode !== "COMPLETED")).to.deep.equal([]);
    expect(results).to.have.length(40);
    expect(server.connections().total).to.equal(3);
    await transfer.service.close();
    await eventually(() => (server.connections().open === 0 ? true : undefined));
  });

  describe("open small files before their turn", () => {
    /** Files of a folder that was listed: those of one piece are known by their sizes. */
    async function listed(names: readonly string[], connections: number, stores?: Parameters<typeof connect>[4]) {
      const server = await serve();
      for (const name of names) {
        writeFileSync(join(server.root, "folder", name), `content of ${name}`);
      }
      const transfer = await connect(server, server.hostPublicKeys, undefined, connections, stores);
      await transfer.list("/folder");
      return { server, transfer };
    }

    it("each for itself: one that is gone, or has another content meanwhile, spoils no other", async () => {
      const names = Array.from({ length: 10 }, (_, i) => `f${i}`);
      const { server, transfer } = await listed(names, 2);
      rmSync(join(server.root, "folder/f4"));
      writeFileSync(join(server.root, "folder/f6"), "x".repeat(100_000));
      const results = await transfer.retrieve(names.map((name) => `/folder/${name}`));
      expect(results.map(({ StatusCode }) => StatusCode)).to.deep.equal(
        names.map((name) => (name === "f4" ? "FAILED" : "COMPLETED")),
      );
      expect(results[4]).to.include({ FailureCode: "RETRIEVE_FILE_NOT_FOUND" });
      for (const name of names.filter((one) => one !== "f4")) {
        const content = readFileSync(join(server.root, "folder", name), "utf8");
        expect(readFileSync(transfer.fileOf(`files/${name}`), "utf8")).to.equal(content);
      }
      expect(server.connections().total).to.equal(2);
    });

    it("and leave them to others where one takes long to be written", async () => {
      const names = Array.from({ length: 6 }, (_, i) => `f${i}`);
      const store = await S3Store.open(tempFolder());
      const written = new Set<string>();
      const connectorStore: ConnectorStore = {
        put: (bucket, key, body) => store.put(bucket, key, body),
        holds: (object) => store.holds(object),
        writeStream: async (bucket, key, content, beforePlacing) => {
          const result = await store.writeStream(bucket, key, content, async (object) => {
            if (key.endsWith("f0")) {
              await eventually(() => (written.size === names.length - 1 ? true : undefined));
            }
            await beforePlacing(object);
          });
          written.add(key);
          return result;
        },
      };
      const { transfer } = await listed(names, 2, { store, connectorStore });
      const results = await transfer.retrieve(names.map((name) => `/folder/${name}`));
      expect(results.map(({ StatusCode }) => StatusCode)).to.deep.equal(names.map(() => "COMPLETED"));
    });
  });

  it("are not used again once the connector has other settings", async () => {
    const server = await serve({ hostKeys: [rsa.private] });
    const transfer = await connect(server, [publicKey(rsa)]);
    expect(await transfer.list("/folder"))
      .to.have.property("files")
      .with.lengthOf(1);
    const SftpConfig = { TrustedHostKeys: [publicKey(ecdsa)], MaxConcurrentConnections: 2 };
    await transfer.client.send(new UpdateConnectorCommand({ ConnectorId: CONNECTOR, SftpConfig }));
    await expectFailure(transfer, "CONNECTION_ERROR", /Host key verification failed/);
  });

  it("see nothing outside of the embedded server's folder, and write nothing", async () => {
    const server = await serve();
    const transfer = await connect(server, server.hostPublicKeys);
    expect(await transfer.list("/../..")).to.have.deep.property("paths", [{ path: "/../../folder" }]);
    symlinkSync("/etc", join(server.root, "outside"));
    expect(await transfer.list("/outside")).to.nested.include({
      "detail.failure-code": "LIST_DIRECTORY_ERROR",
      "detail.failure-message": "Permission denied: /outside",
    });
    expect(await transfer.retrieve(["/outside/passwd"])).to.deep.equal([
      {
        FilePath: "/outside/passwd",
        StatusCode: "FAILED",
        FailureCode: "READ_FILE_ERROR",
        FailureMessage: "Permission denied: /outside/passwd",
      },
    ]);
    const [result] = await transfer.retrieve(["/../../../etc/passwd"]);
    expect(result).to.include({ FailureCode: "RETRIEVE_FILE_NOT_FOUND" });
  });
});
