import type { Socket } from "node:net";
import { TransferClient } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { ONCE, RETRYING } from "../../../functions/aws/client-options";
import { connectorService } from "../../../functions/aws/connector-service";
import { type LoopbackServer, type RequestHandler, startLoopbackServer } from "../../../local/endpoint/loopback-server";

const TRANSFER = { connectorId: "c-1", paths: ["/a"], destination: "/bucket/a" };

describe("the clients' options", () => {
  let server: LoopbackServer | undefined;

  async function connectorAt(answer: RequestHandler, socketTimeout: number) {
    const { url } = await startServer(answer);
    const client = ({ requestHandler, ...options }: typeof ONCE | typeof RETRYING) =>
      new TransferClient({
        ...options,
        requestHandler: { ...requestHandler, socketTimeout },
        region: "eu-west-1",
        endpoint: url,
        credentials: { accessKeyId: "id", secretAccessKey: "key" },
      });
    return connectorService(client(ONCE), client(RETRYING));
  }

  async function startServer(answer: RequestHandler): Promise<LoopbackServer> {
    server = await startLoopbackServer(answer);
    return server;
  }

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it("limit the silence on a connection to less than what functions keep for writing down what they did", () => {
    for (const { requestHandler } of [ONCE, RETRYING]) {
      expect(requestHandler.socketTimeout).to.be.within(10_000, 15_000);
      expect(requestHandler.connectionTimeout).to.be.within(1_000, 10_000);
    }
  });

  it("put a call in doubt that is not answered, once, and not the whole slice", async () => {
    let asked = 0;
    const connector = await connectorAt(async () => {
      asked += 1;
    }, 50);
    const outcome = await connector.startTransfer(TRANSFER);
    expect(outcome).to.have.property("status", "unknown");
    expect(asked).to.equal(1);
  });

  it("ask again where nobody answers and asking does no harm", async () => {
    let asked = 0;
    const connector = await connectorAt(async (_, response) => {
      asked += 1;
      if (asked > 1) {
        response.end(JSON.stringify({ FileTransferResults: [] }));
      }
    }, 50);
    expect(await connector.results("c-1", "t-1")).to.deep.equal([]);
    expect(asked).to.equal(2);
  });

  it("give each Start* call a connection of its own: one that died while Lambda was frozen puts none in doubt", async () => {
    const used = new WeakSet<Socket>();
    const connector = await connectorAt(async ({ socket }, response) => {
      if (used.has(socket)) {
        socket.destroy();
        return;
      }
      used.add(socket);
      response.end(JSON.stringify({ TransferId: "t-1" }));
    }, 1_000);
    const outcomes = [await connector.startTransfer(TRANSFER), await connector.startTransfer(TRANSFER)];
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["started", "started"]);
  });
});
