import { TransferClient } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { BackPressure } from "../../../engine/ports/errors";
import { connectorService } from "../../../functions/aws/connector-service";
import { clientOptions, FakeHttp, type HttpAnswer, jsonAnswer, jsonError } from "../../engine/support/fake-http";

const TRANSFER = { connectorId: "c-01234567890abcdef", paths: ["/data/a"], destination: "/bucket/data" };
const LISTING = {
  connectorId: "c-01234567890abcdef",
  folder: "/data",
  outputDirectory: "/reports/w",
  maxItems: 10_000,
};

function setUp(...answers: (HttpAnswer | Error)[]) {
  const http = new FakeHttp(answers);
  const client = new TransferClient(clientOptions(http));
  return { http, connector: connectorService(client, client) };
}

function sent({ requests }: FakeHttp): unknown[] {
  return requests.map(({ body }) => JSON.parse(String(body)));
}

async function thrown(action: Promise<unknown>): Promise<unknown> {
  return action.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("connectorService", () => {
  it("starts a transfer with paths and destination, and gives its id", async () => {
    const { http, connector } = setUp(jsonAnswer({ TransferId: "t-1" }));
    expect(await connector.startTransfer(TRANSFER)).to.deep.equal({ status: "started", id: "t-1" });
    expect(sent(http)).to.deep.equal([
      { ConnectorId: TRANSFER.connectorId, RetrieveFilePaths: ["/data/a"], LocalDirectoryPath: "/bucket/data" },
    ]);
  });

  for (const OutputFileName of ["c-l-1.json", "/runs/x/c-l-1.json", "bucket/runs/x/c-l-1.json"]) {
    it(`takes the last segment of the output's name ${OutputFileName}`, async () => {
      const { connector } = setUp(jsonAnswer({ ListingId: "l-1", OutputFileName }));
      expect(await connector.startListing(LISTING)).to.deep.equal({ status: "started", id: "c-l-1.json" });
    });
  }

  it("starts a listing with MaxItems, and gives its output's name", async () => {
    const { http, connector } = setUp(jsonAnswer({ ListingId: "l-1", OutputFileName: "c-l-1.json" }));
    expect(await connector.startListing(LISTING)).to.deep.equal({ status: "started", id: "c-l-1.json" });
    expect(sent(http)).to.deep.equal([
      {
        ConnectorId: LISTING.connectorId,
        RemoteDirectoryPath: "/data",
        OutputDirectoryPath: "/reports/w",
        MaxItems: 10_000,
      },
    ]);
  });

  const refusals: [string, HttpAnswer, number | undefined][] = [
    ["ThrottlingException without a message", jsonError("ThrottlingException"), undefined],
    [
      "ThrottlingException with RetryAfterSeconds",
      jsonError("ThrottlingException", 400, { RetryAfterSeconds: "7" }),
      7,
    ],
    [
      "ThrottlingException with nonsense",
      jsonError("ThrottlingException", 400, { RetryAfterSeconds: "soon" }),
      undefined,
    ],
    ["ServiceUnavailableException", jsonError("ServiceUnavailableException", 503), undefined],
    ["ServiceQuotaExceededException", jsonError("ServiceQuotaExceededException"), undefined],
    ["LimitExceededException", jsonError("LimitExceededException"), undefined],
  ];
  for (const [title, answer, retryAfterSeconds] of refusals) {
    it(`takes ${title} as a refusal, and does not repeat the call itself`, async () => {
      const { http, connector } = setUp(answer);
      expect(await connector.startTransfer(TRANSFER)).to.deep.equal({ status: "refused", retryAfterSeconds });
      expect(http.requests).to.have.length(1);
    });
  }

  for (const name of ["InvalidRequestException", "ValidationException"]) {
    it(`takes ${name} as a rejection`, async () => {
      const { connector } = setUp(jsonError(name, 400, { Message: "bad path", message: "bad path" }));
      expect(await connector.startTransfer(TRANSFER)).to.deep.equal({ status: "rejected", name, message: "bad path" });
    });
  }

  for (const [Status, status] of [
    ["PENDING", "not-ready"],
    ["ERRORED", "not-ready"],
    ["ACTIVE", "rejected"],
    [undefined, "rejected"],
  ] as const) {
    it(`takes a rejection by a connector whose Status is ${Status} for ${status}`, async () => {
      for (const call of ["startTransfer", "startListing"] as const) {
        const answer = jsonAnswer({ Connector: { Arn: "a", Status } });
        const { connector } = setUp(jsonError("InvalidRequestException"), answer);
        const outcome = call === "startTransfer" ? connector.startTransfer(TRANSFER) : connector.startListing(LISTING);
        expect(await outcome, call).to.have.property("status", status);
      }
    });
  }

  for (const name of ["AccessDeniedException", "ResourceNotFoundException", "UnrecognizedClientException"]) {
    it(`throws ${name}: it concerns the whole run`, async () => {
      const { connector } = setUp(jsonError(name));
      expect(await thrown(connector.startTransfer(TRANSFER))).to.have.property("name", name);
    });
  }

  const lost: [string, HttpAnswer | Error][] = [
    ["InternalServiceError", jsonError("InternalServiceError", 500)],
    ["a lost connection", Object.assign(new Error("socket hang up"), { name: "TimeoutError" })],
    ["an answer without an id", jsonAnswer({})],
  ];
  for (const [title, answer] of lost) {
    it(`does not know what became of a call after ${title}`, async () => {
      const { http, connector } = setUp(answer);
      expect(await connector.startTransfer(TRANSFER)).to.have.property("status", "unknown");
      expect(http.requests).to.have.length(1);
    });
  }

  it("reads results over all pages", async () => {
    const result = (FilePath: string, StatusCode: string, more = {}) => ({ FilePath, StatusCode, ...more });
    const { http, connector } = setUp(
      jsonAnswer({ FileTransferResults: [result("/a", "COMPLETED"), result("/b", "QUEUED")], NextToken: "n" }),
      jsonAnswer({ FileTransferResults: [result("/c", "FAILED", { FailureCode: "X", FailureMessage: "no" })] }),
    );
    const none = { failureCode: undefined, failureMessage: undefined };
    expect(await connector.results("c-1", "t-1")).to.deep.equal([
      { path: "/a", status: "COMPLETED", ...none },
      { path: "/b", status: "QUEUED", ...none },
      { path: "/c", status: "FAILED", failureCode: "X", failureMessage: "no" },
    ]);
    expect(sent(http)[1]).to.include({ NextToken: "n" });
  });

  it("reads an empty NextToken as none", async () => {
    const { http, connector } = setUp(jsonAnswer({ FileTransferResults: [], NextToken: "" }));
    expect(await connector.results("c-1", "t-1")).to.deep.equal([]);
    expect(http.requests).to.have.length(1);
  });

  it("gives results of a form that it does not know, instead of leaving them out", async () => {
    const { connector } = setUp(
      jsonAnswer({
        FileTransferResults: [
          { FilePath: "/a", StatusCode: "Completed" },
          { FilePath: "/b", StatusCode: "DELIVERED" },
          { FilePath: "/c" },
          { StatusCode: "FAILED" },
        ],
      }),
    );
    const results = (await connector.results("c-1", "t-1")) ?? [];
    expect(results.map(({ path, status }) => [path, status])).to.deep.equal([
      ["/a", "COMPLETED"],
      ["/b", "UNKNOWN"],
      ["/c", "UNKNOWN"],
      ["", "FAILED"],
    ]);
  });

  it("tells a transfer that is not known any more from an error", async () => {
    const { connector } = setUp(jsonError("ResourceNotFoundException"), jsonError("AccessDeniedException"));
    expect(await connector.results("c-1", "t-1")).to.equal(undefined);
    expect(await thrown(connector.results("c-1", "t-1"))).to.have.property("name", "AccessDeniedException");
  });

  it("tells from an error that the service wants to be asked later", async () => {
    const { connector } = setUp(jsonError("ThrottlingException"), jsonError("ServiceUnavailableException", 503));
    expect(await thrown(connector.results("c-1", "t-1"))).to.be.instanceOf(BackPressure);
    expect(await thrown(connector.describe("c-1"))).to.be.instanceOf(BackPressure);
  });

  const concurrency: [object, number][] = [
    [{ Connector: { Arn: "a", SftpConfig: { MaxConcurrentConnections: 4 } } }, 4],
    [{ Connector: { Arn: "a", SftpConfig: {} } }, 1],
    [{ Connector: { Arn: "a" } }, 1],
  ];
  for (const [answer, expected] of concurrency) {
    it(`reads ${expected} concurrent connection(s) from ${JSON.stringify(answer)}`, async () => {
      const { connector } = setUp(jsonAnswer(answer));
      expect(await connector.describe("c-1")).to.have.property("maxConcurrentConnections", expected);
    });
  }

  const readiness: [object, string, string][] = [
    [{}, "ready", ""],
    [{ Status: "ACTIVE" }, "ready", "ACTIVE"],
    [{ Status: "PENDING" }, "pending", "PENDING"],
    [{ Status: "ERRORED", ErrorMessage: "no such secret" }, "errored", "ERRORED: no such secret"],
    [{ Status: "UPDATING" }, "pending", "UPDATING"],
  ];
  for (const [fields, expected, status] of readiness) {
    it(`takes a connector described as ${JSON.stringify(fields)} for ${expected}`, async () => {
      const { connector } = setUp(jsonAnswer({ Connector: { Arn: "a", ...fields } }));
      expect(await connector.describe("c-1")).to.include({ readiness: expected, status });
    });
  }
});
