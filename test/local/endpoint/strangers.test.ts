import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SFNClient, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { type AwsEndpoint, startAwsEndpoint } from "../../../local/endpoint/aws-endpoint";
import { S3Store } from "../../../local/s3/s3-store";
import { errorOf, httpStatus } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { clientSettings } from "../s3/s3-endpoint";
import { signedHeaders } from "../s3/signed-fetch";
import { eventually } from "../transfer/local-transfer";

describe("the local endpoint, asked by somebody who is not of its run", () => {
  let endpoint: AwsEndpoint;
  let calls = 0;

  beforeEach(async () => {
    calls = 0;
    const store = await S3Store.open(tempFolder());
    await store.ensureBucket("lake");
    await store.put("lake", "a/b c.csv", "partner data");
    endpoint = await startAwsEndpoint({
      s3: store,
      services: { AWSStepFunctions: { StopExecution: () => ({ stopDate: ++calls }) } },
    });
  });
  afterEach(() => endpoint.close());

  const stranger = () => ({ ...clientSettings({ ...endpoint, secretAccessKey: "guessed" }), maxAttempts: 1 });

  it("says nothing of an object", async () => {
    const get = new GetObjectCommand({ Bucket: "lake", Key: "a/b c.csv" });
    const error = await errorOf(new S3Client(stranger()).send(get));
    expect([error.name, httpStatus(error)]).to.deep.equal(["SignatureDoesNotMatch", 403]);
    const answer = await new S3Client(clientSettings(endpoint)).send(get);
    expect(await answer.Body?.transformToString()).to.equal("partner data");
  });

  it("carries out no operation", async () => {
    const stop = new StopExecutionCommand({ executionArn: "arn:x" });
    const error = await errorOf(new SFNClient(stranger()).send(stop));
    expect([error.name, httpStatus(error)]).to.deep.equal(["SignatureDoesNotMatch", 403]);
    expect(calls).to.equal(0);
    await new SFNClient(clientSettings(endpoint)).send(stop);
    expect(calls).to.equal(1);
  });

  const unsigned: [string, Record<string, string>][] = [
    ["no signature", {}],
    ["another scheme", { authorization: "Bearer secret" }],
    [
      "a signature of nothing",
      { authorization: `AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=${"0".repeat(64)}` },
    ],
  ];
  for (const [title, headers] of unsigned) {
    it(`refuses a request with ${title}`, async () => {
      expect((await fetch(`${endpoint.url}/lake/a/b%20c.csv`, { headers })).status).to.equal(403);
    });
  }

  it("takes a signature for no other path, query, method or host", async () => {
    const headers = await signedHeaders(endpoint, "/lake?list-type=2&prefix=a%2F");
    const again = (path: string, method = "GET") => fetch(endpoint.url + path, { method, headers });
    expect((await again("/lake?list-type=2&prefix=a%2F")).status).to.equal(200);
    expect((await again("/lake?list-type=2&prefix=b%2F")).status).to.equal(403);
    expect((await again("/other?list-type=2&prefix=a%2F")).status).to.equal(403);
    expect((await again("/lake?list-type=2&prefix=a%2F", "DELETE")).status).to.equal(403);
  });

  it("keeps a few of the connections that say nothing, and serves its own run beside them", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const path = "/lake/a/b%20c.csv";
    const headers = await signedHeaders(endpoint, path);
    const own = () =>
      new Promise<{ status: number | undefined; isSame: boolean }>((resolve, reject) => {
        const asked = request(endpoint.url + path, { agent, headers }, (answer) => {
          answer.resume().once("end", () => resolve({ status: answer.statusCode, isSame: asked.reusedSocket }));
        });
        asked.once("error", reject).end();
      });
    expect(await own()).to.deep.equal({ status: 200, isSame: false });

    const port = Number(new URL(endpoint.url).port);
    const strangers: Socket[] = [];
    let closed = 0;
    for (let count = 0; count < 400; count += 1) {
      const stranger = connect(port, "127.0.0.1").on("error", () => undefined);
      stranger.once("close", () => {
        closed += 1;
      });
      strangers.push(stranger);
      await once(stranger, "connect");
    }
    await eventually(() => (closed >= 200 ? true : undefined));
    expect(await own()).to.deep.equal({ status: 200, isSame: true });
    expect(closed).to.be.lessThan(400);
    for (const stranger of strangers) {
      stranger.destroy();
    }
    agent.destroy();
  });

  it("breaks off a request for another host, as a page would make whose name leads here", async () => {
    const { port } = new URL(endpoint.url);
    const asked = request({ host: "127.0.0.1", port, path: "/lake", headers: { host: `rebound.example:${port}` } });
    const error = await new Promise<Error | undefined>((resolve) => {
      asked
        .once("error", resolve)
        .once("response", () => resolve(undefined))
        .end();
    });
    expect(error).to.be.an("error");
  });
});
