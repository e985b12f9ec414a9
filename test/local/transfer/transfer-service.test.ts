import { readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DescribeConnectorCommand,
  ListFileTransferResultsCommand,
  StartDirectoryListingCommand,
  StartFileTransferCommand,
  UpdateConnectorCommand,
} from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { onAnswer, withMembers } from "../../../functions/shared/set-connector-concurrency/json-body";
import { type SftpServer, startSftpServer } from "../../../local/sftp-server/sftp-server";
import { errorOf, httpStatus } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { CONNECTOR, eventually, type LocalTransfer, startTransfer } from "./local-transfer";

const credentials = { username: "partner", password: "secret" };

describe("the Transfer service, through the SDK's client", () => {
  let root: string;
  let server: SftpServer;
  const open: LocalTransfer[] = [];

  before(async () => {
    root = tempFolder();
    for (let i = 0; i < 30; i++) {
      writeFileSync(join(root, `file-${i}`), `${i}`);
    }
    writeFileSync(join(root, "huge"), "");
    truncateSync(join(root, "huge"), 100_000_000_000);
    server = await startSftpServer({ root, ...credentials });
  });
  after(() => server.close());
  afterEach(async () => {
    for (const transfer of open.splice(0)) {
      await transfer.close();
    }
  });

  async function start(options: Partial<Parameters<typeof startTransfer>[0]> = {}): Promise<LocalTransfer> {
    const url = `${server.host}:${server.port}`;
    const connector = { url, trustedHostKeys: server.hostPublicKeys, maxConcurrentConnections: 2 };
    const transfer = await startTransfer({ connector, credentials, ...options });
    open.push(transfer);
    return transfer;
  }

  const paths = (from: number, count: number) => Array.from({ length: count }, (_, i) => `/file-${from + i}`);

  describe("refuses", () => {
    const retrieval = { ConnectorId: CONNECTOR, RetrieveFilePaths: ["/file-1"], LocalDirectoryPath: "/test-bucket" };
    const listing = { ConnectorId: CONNECTOR, RemoteDirectoryPath: "/", OutputDirectoryPath: "/test-bucket" };
    const transferCases = {
      "more than ten paths": { ...retrieval, RetrieveFilePaths: paths(0, 11) },
      "no paths": { ...retrieval, RetrieveFilePaths: [] },
      "an empty path": { ...retrieval, RetrieveFilePaths: [""] },
      "a path with a newline": { ...retrieval, RetrieveFilePaths: ["/a\nb"] },
      "a path with a line separator": { ...retrieval, RetrieveFilePaths: ["/a\u2028b"] },
      "a path over 1,024 characters": { ...retrieval, RetrieveFilePaths: [`/${"x".repeat(1024)}`] },
      "no destination": { ...retrieval, LocalDirectoryPath: undefined },
      "a destination without a bucket": { ...retrieval, LocalDirectoryPath: "/" },
      "sending files": { ConnectorId: CONNECTOR, SendFilePaths: ["/test-bucket/x"], RemoteDirectoryPath: "/" },
      "an id that is none": { ...retrieval, ConnectorId: "c-1" },
    };
    for (const [name, input] of Object.entries(transferCases)) {
      it(`a transfer with ${name}`, async () => {
        const transfer = await start();
        const error = await errorOf(transfer.client.send(new StartFileTransferCommand(input)));
        expect([error.name, httpStatus(error)]).to.deep.equal(["InvalidRequestException", 400]);
        expect(transfer.service.calls.StartFileTransfer).to.equal(1);
      });
    }

    for (const [name, input] of Object.entries({
      "MaxItems 0": { ...listing, MaxItems: 0 },
      "MaxItems over 200,000": { ...listing, MaxItems: 200_001 },
      "a folder with a newline": { ...listing, RemoteDirectoryPath: "/a\nb" },
      "a relative output": { ...listing, OutputDirectoryPath: "test-bucket" },
    })) {
      it(`a listing with ${name}`, async () => {
        const transfer = await start();
        const error = await errorOf(transfer.client.send(new StartDirectoryListingCommand(input)));
        expect(error.name).to.equal("InvalidRequestException");
      });
    }

    it("what it does not know: connectors and transfers", async () => {
      const { client } = await start();
      const unknown = await errorOf(client.send(new DescribeConnectorCommand({ ConnectorId: "c-00000000000000000" })));
      expect(unknown).to.include({ name: "ResourceNotFoundException", ResourceType: "CONNECTOR" });
      for (const TransferId of ["6ba7b810-9dad-11d1-80b4-00c04fd430c8", "../../etc/passwd", "x"]) {
        const request = new ListFileTransferResultsCommand({ ConnectorId: CONNECTOR, TransferId });
        expect((await errorOf(client.send(request))).name).to.equal("ResourceNotFoundException");
      }
    });
  });

  it("accepts paths of 1,024 characters that JavaScript counts as more", async () => {
    const { retrieve } = await start();
    const path = `/${"\u{1F600}".repeat(1023)}`;
    expect(await retrieve([path])).to.have.nested.property("[0].FailureCode", "RETRIEVE_FILE_NOT_FOUND");
  });

  it("refuses more files than the queue holds, all of a call or none, and takes them later", async () => {
    const transfer = await start({ limits: { pendingFiles: 15 } });
    const first = await transfer.startRetrieval(["/huge", "/huge", ...paths(0, 8)]);
    const error = await errorOf(transfer.startRetrieval(paths(10, 6)));
    expect([error.name, httpStatus(error)]).to.deep.equal(["ThrottlingException", 400]);
    await transfer.startRetrieval(paths(10, 5));
    server.disconnectClients();
    await transfer.finished(first.TransferId);
    const later = await eventually(() => transfer.startRetrieval(paths(20, 10)).catch(() => undefined));
    const results = await transfer.finished(later.TransferId);
    expect(results.every(({ StatusCode }) => StatusCode === "COMPLETED")).to.equal(true);
  });

  it("throttles listings beyond the rate, without a message", async () => {
    let time = Date.parse("2024-01-01T00:00:00Z");
    const transfer = await start({ limits: { listingsPerSecond: 3 }, now: () => new Date(time) });
    for (let i = 0; i < 3; i++) {
      await transfer.startListing("/");
    }
    const error = await errorOf(transfer.startListing("/"));
    expect([error.name, httpStatus(error)]).to.deep.equal(["ThrottlingException", 400]);
    expect(error.message).to.be.oneOf(["", "UnknownError"]);
    time += 400;
    await transfer.startListing("/");
    expect((await errorOf(transfer.startListing("/"))).name).to.equal("ThrottlingException");
    expect(transfer.service.calls.StartDirectoryListing).to.equal(6);
  });

  it("gives results in pages, in the order of the request", async () => {
    const transfer = await start();
    const { TransferId } = await transfer.startRetrieval(paths(0, 5));
    await transfer.finished(TransferId);
    const seen: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const request = { ConnectorId: CONNECTOR, TransferId, MaxResults: 2, NextToken };
      const page = await transfer.client.send(new ListFileTransferResultsCommand(request));
      seen.push(...(page.FileTransferResults ?? []).map(({ FilePath }) => FilePath));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(seen).to.deep.equal(paths(0, 5));
    const request = { ConnectorId: CONNECTOR, TransferId, NextToken: "nonsense" };
    const error = await errorOf(transfer.client.send(new ListFileTransferResultsCommand(request)));
    expect(error.name).to.equal("InvalidNextTokenException");
  });

  it("tells of every file by an event too", async () => {
    const transfer = await start();
    await transfer.retrieve(["/file-7", "/missing"], "deep/er");
    const details = await eventually(() =>
      transfer.events.length === 2 ? transfer.events.map((event) => [event["detail-type"], event.detail]) : undefined,
    );
    expect(details.map(([type]) => type)).to.have.members([
      "SFTP Connector File Retrieve Completed",
      "SFTP Connector File Retrieve Failed",
    ]);
    expect(transfer.events.find(({ detail }) => detail["file-path"] === "/file-7")?.detail).to.deep.include({
      operation: "RETRIEVE",
      "status-code": "COMPLETED",
      bytes: 1,
      "local-file-location": { domain: "S3", bucket: "test-bucket", key: "deep/er/file-7" },
    });
  });

  it("fails files and listings for a bucket that is not there", async () => {
    const transfer = await start();
    const request = { ConnectorId: CONNECTOR, RetrieveFilePaths: ["/file-1"], LocalDirectoryPath: "/no-bucket" };
    const { TransferId } = await transfer.client.send(new StartFileTransferCommand(request));
    expect((await transfer.finished(TransferId))[0]).to.include({ FailureCode: "WRITE_FILE_ERROR" });
    await transfer.client.send(
      new StartDirectoryListingCommand({
        ConnectorId: CONNECTOR,
        RemoteDirectoryPath: "/",
        OutputDirectoryPath: "/no-bucket",
      }),
    );
    const event = await eventually(() =>
      transfer.events.find((event) => event["detail-type"] === "SFTP Connector Directory Listing Failed"),
    );
    expect(event.detail).to.include({ "failure-code": "WRITE_FILE_ERROR" });
  });

  it("writes to the bucket's root where the destination has no prefix", async () => {
    const transfer = await start();
    const request = { ConnectorId: CONNECTOR, RetrieveFilePaths: ["/file-3"], LocalDirectoryPath: "/test-bucket/" };
    const { TransferId } = await transfer.client.send(new StartFileTransferCommand(request));
    await transfer.finished(TransferId);
    expect(await transfer.store.head("test-bucket", "file-3")).to.have.property("size", 1);
  });

  it("describes a connector, and takes an update of SftpConfig as a whole", async () => {
    const { client } = await start();
    const describe = async () =>
      (await client.send(new DescribeConnectorCommand({ ConnectorId: CONNECTOR }))).Connector;
    expect(await describe()).to.deep.include({
      ConnectorId: CONNECTOR,
      Url: `sftp://${server.host}:${server.port}`,
      Status: "ACTIVE",
      SftpConfig: { TrustedHostKeys: server.hostPublicKeys, MaxConcurrentConnections: 2 },
    });
    const describeAsWritten = async () => {
      const command = new DescribeConnectorCommand({ ConnectorId: CONNECTOR });
      let written: unknown;
      onAnswer(command, (document) => {
        written = document;
      });
      await client.send(command);
      return written;
    };
    const SftpConfig = { TrustedHostKeys: [...server.hostPublicKeys], MaxConcurrentConnections: 5 };
    await client.send(new UpdateConnectorCommand({ ConnectorId: CONNECTOR, SftpConfig }));
    expect(await describe()).to.deep.include({ SftpConfig, Url: `sftp://${server.host}:${server.port}` });
    const unknown = { ...SftpConfig, OrderedUserSecretVersionStages: ["AWSPENDING"], Tomorrow: { Deep: [1] } };
    const update = new UpdateConnectorCommand({ ConnectorId: CONNECTOR });
    withMembers(update, { SftpConfig: unknown });
    await client.send(update);
    expect(await describeAsWritten()).to.have.deep.nested.property("Connector.SftpConfig", unknown);
    const partial = { MaxConcurrentConnections: 3 };
    await client.send(new UpdateConnectorCommand({ ConnectorId: CONNECTOR, SftpConfig: partial }));
    expect(await describe()).to.deep.include({ SftpConfig: partial });
  });

  describe("after it is closed", () => {
    it("has left nothing half-written, and a later one answers for its transfers", async () => {
      const stateDir = tempFolder();
      const first = await start({ stateDir });
      const done = await first.startRetrieval(paths(0, 2));
      await first.finished(done.TransferId);
      const cut = await first.startRetrieval(["/huge", "/huge", "/file-1"]);
      await eventually(async () => {
        const [file] = await first.results(cut.TransferId);
        return file?.StatusCode === "IN_PROGRESS" ? true : undefined;
      });
      await first.service.close();
      expect(readdirSync(join(first.store.directory, ".sftp-sync", "uploads"))).to.deep.equal([]);

      const second = await start({ stateDir });
      expect((await second.results(done.TransferId)).map(({ StatusCode }) => StatusCode)).to.deep.equal([
        "COMPLETED",
        "COMPLETED",
      ]);
      for (const file of await second.results(cut.TransferId)) {
        expect(file).to.include({ StatusCode: "FAILED", FailureCode: "TRANSFER_INTERRUPTED" });
      }
    });
  });
});
