import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { StartFileTransferCommand, TransferClient } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { type AwsEndpoint, startAwsEndpoint } from "../../../local/endpoint/aws-endpoint";
import { FaultyRequests } from "../../../local/faults/faulty-requests";
import { S3Store } from "../../../local/s3/s3-store";
import { errorOf, httpStatus } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { planOf } from "./plan";

const BUCKET = "bucket";
const FUNCTION = "prefix-partner-sync-remote-folder";
const transferOf = {
  ConnectorId: "c-0123456789abcdef0",
  RetrieveFilePaths: ["/in/a.csv"],
  LocalDirectoryPath: `/${BUCKET}/in`,
};

describe("faulty requests", () => {
  let endpoint: AwsEndpoint | undefined;
  let store: S3Store;
  let carriedOut: number;
  let crashed: string[];

  async function clients(written: Parameters<typeof planOf>[0]) {
    store = await S3Store.open(tempFolder());
    await store.ensureBucket(BUCKET);
    carriedOut = 0;
    crashed = [];
    const requests = new FaultyRequests(planOf(written));
    const callers = {
      functions: [{ name: FUNCTION, handler: "sync-remote-folder.handler" }],
      crash: async (name: string) => void crashed.push(name),
    };
    endpoint = await startAwsEndpoint({
      s3: store,
      services: { TransferService: { StartFileTransfer: () => ({ TransferId: String(++carriedOut) }) } },
      around: (next) => requests.around(callers, next),
    });
    const config = {
      region: "us-east-1",
      endpoint: endpoint.url,
      credentials: { accessKeyId: FUNCTION, secretAccessKey: endpoint.secretAccessKey },
      maxAttempts: 1,
    };
    return { s3: new S3Client({ ...config, forcePathStyle: true }), transfer: new TransferClient(config) };
  }

  afterEach(() => endpoint?.close());

  it("are refused as the service refuses them", async () => {
    const { transfer } = await clients({
      Throttle: [{ Operation: "StartFileTransfer", Every: 2, RetryAfterSeconds: 7 }],
    });
    await transfer.send(new StartFileTransferCommand(transferOf));
    const error = await errorOf(transfer.send(new StartFileTransferCommand(transferOf)));
    expect(error).to.include({ name: "ThrottlingException", RetryAfterSeconds: "7" });
    expect(httpStatus(error)).to.equal(400);
    expect(carriedOut).to.equal(1);
  });

  it("succeed unheard", async () => {
    const { transfer } = await clients({ LoseAnswer: [{ Operation: "StartFileTransfer", Times: 1 }] });
    expect(httpStatus(await errorOf(transfer.send(new StartFileTransferCommand(transferOf))))).to.equal(undefined);
    expect(carriedOut).to.equal(1);
    expect(await transfer.send(new StartFileTransferCommand(transferOf))).to.include({ TransferId: "2" });
  });

  for (const [status, name] of [
    [500, "InternalError"],
    [503, "SlowDown"],
  ] as const) {
    it(`to S3 are answered with ${status}, where the key matches`, async () => {
      const { s3 } = await clients({ S3Error: [{ Operation: "PutObject", Key: "ledger/**", Status: status }] });
      const put = (Key: string) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: "text" }));
      const error = await errorOf(put("ledger/a/b"));
      expect(error.name).to.equal(name);
      expect(httpStatus(error)).to.equal(status);
      await put("runs/a");
      expect(await store.head(BUCKET, "ledger/a/b")).to.equal(undefined);
    });
  }

  it("of a HEAD and of a listing fail, too", async () => {
    const { s3 } = await clients({
      S3Error: [{ Operation: "HeadObject" }, { Operation: "ListObjectsV2", Bucket: "buck*", Key: "runs/*" }],
    });
    const head = new HeadObjectCommand({ Bucket: BUCKET, Key: "a" });
    expect(httpStatus(await errorOf(s3.send(head)))).to.equal(503);
    const list = (Prefix: string) => s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }));
    expect(httpStatus(await errorOf(list("runs/a")))).to.equal(503);
    expect((await list("other")).KeyCount).to.equal(0);
  });

  for (const [when, count] of [
    ["before", 0],
    ["after", 1],
  ] as const) {
    it(`kill their caller ${when} they are carried out`, async () => {
      const { transfer } = await clients({
        CrashFunction: [
          { Function: "finish-run", Operation: "StartFileTransfer", When: when },
          { Function: "sync-remote-folder", Operation: "StartFileTransfer", When: when },
        ],
      });
      await errorOf(transfer.send(new StartFileTransferCommand(transferOf)));
      expect(crashed).to.deep.equal([FUNCTION]);
      expect(carriedOut).to.equal(count);
    });
  }
});
