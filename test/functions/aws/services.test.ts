import { expect } from "chai";
import { awsServices } from "../../../functions/aws/services";
import { type LoopbackServer, startLoopbackServer } from "../../../local/endpoint/loopback-server";
import { keepEnvironment } from "../../support/environment";

const ENVIRONMENT = { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "key" };

describe("awsServices", () => {
  const restoreEnvironment = keepEnvironment();
  const asked: string[] = [];
  let server: LoopbackServer | undefined;

  beforeEach(async () => {
    asked.length = 0;
    server = await startLoopbackServer(async ({ headers }, response) => {
      asked.push(String(headers["x-amz-target"]).replace(/^.*\./, ""));
      response.statusCode = 500;
      response.end(JSON.stringify({ __type: "InternalServiceError" }));
    });
    Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL: server.url });
  });

  afterEach(async () => {
    restoreEnvironment();
    await server?.close();
  });

  it("makes each Start* call once, and repeats what only reads", async () => {
    const { connector } = awsServices();
    const transfer = { connectorId: "c-1", paths: ["/a"], destination: "/b" };
    const listing = { connectorId: "c-1", folder: "/", outputDirectory: "/b", maxItems: 1 };
    expect(await connector.startTransfer(transfer)).to.include({ status: "unknown" });
    expect(await connector.startListing(listing)).to.include({ status: "unknown" });
    await connector.results("c-1", "t-1").catch(() => undefined);
    expect(asked).to.deep.equal([
      "StartFileTransfer",
      "StartDirectoryListing",
      ...Array.from({ length: 5 }, () => "ListFileTransferResults"),
    ]);
  });
});
