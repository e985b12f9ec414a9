import { TransferClient } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { NotYet } from "../../../../functions/shared/set-connector-concurrency/errors";
import { sftpConfigService } from "../../../../functions/shared/set-connector-concurrency/sftp-config-service";
import { clientOptions, FakeHttp, type HttpAnswer, jsonAnswer, jsonError } from "../../../engine/support/fake-http";
import { errorOf } from "../../../support/errors";

const ID = "c-0123456789abcdef0";
const CONFIG = {
  UserSecretId: "arn",
  TrustedHostKeys: ["ssh-rsa AAAA"],
  OrderedUserSecretVersionStages: ["AWSCURRENT"],
  MaxConcurrentConnections: 4,
};

function setUp(answer: HttpAnswer | Error) {
  const http = new FakeHttp([answer]);
  return { http, service: sftpConfigService(new TransferClient(clientOptions(http))) };
}

describe("sftpConfigService", () => {
  it("reads the whole SftpConfig", async () => {
    const { service } = setUp(jsonAnswer({ Connector: { Arn: "a", SftpConfig: CONFIG } }));
    expect(await service.read(ID)).to.deep.equal(CONFIG);
  });

  it("takes a connector that does not say its concurrency for one with the API's default", async () => {
    const { service } = setUp(jsonAnswer({ Connector: { Arn: "a", SftpConfig: { UserSecretId: "arn" } } }));
    expect(await service.read(ID)).to.deep.equal({ UserSecretId: "arn", MaxConcurrentConnections: 1 });
  });

  it("refuses a connector that is not for SFTP", async () => {
    const { service } = setUp(jsonAnswer({ Connector: { Arn: "a", As2Config: {} } }));
    const error = await errorOf(service.read(ID));
    expect(error).not.to.be.instanceOf(NotYet);
    expect(error.message).to.include("no SFTP connector");
  });

  it("sends the whole SftpConfig, the concurrency with it, and nothing else", async () => {
    const { http, service } = setUp(jsonAnswer({ ConnectorId: ID }));
    await service.write(ID, CONFIG);
    expect(http.requests.map(({ body }) => JSON.parse(String(body)))).to.deep.equal([
      { ConnectorId: ID, SftpConfig: CONFIG },
    ]);
    expect(http.requests[0]?.headers["x-amz-target"]).to.equal("TransferService.UpdateConnector");
  });

  it("sends back members that the SDK does not know, byte for byte as the service wrote them", async () => {
    const config = { ...CONFIG, Tomorrow: { Deep: [1, null, "ü"] }, Flag: false };
    const http = new FakeHttp([jsonAnswer({ Connector: { Arn: "a", SftpConfig: config } }), jsonAnswer({})]);
    const service = sftpConfigService(new TransferClient(clientOptions(http)));
    const read = await service.read(ID);
    expect(read).to.deep.equal(config);
    await service.write(ID, { ...read, MaxConcurrentConnections: 2 });
    const { body, headers } = http.requests[1] ?? {};
    expect(JSON.parse(String(body))).to.deep.equal({
      ConnectorId: ID,
      SftpConfig: { ...config, MaxConcurrentConnections: 2 },
    });
    expect(headers?.["content-length"]).to.equal(String(Buffer.byteLength(String(body))));
  });

  it("takes a member that is null for one that is not there, and does not send it back", async () => {
    const config = { ...CONFIG, Tomorrow: null };
    const http = new FakeHttp([jsonAnswer({ Connector: { Arn: "a", SftpConfig: config } }), jsonAnswer({})]);
    const service = sftpConfigService(new TransferClient(clientOptions(http)));
    const read = await service.read(ID);
    expect(read).to.deep.equal(CONFIG);
    await service.write(ID, read);
    expect(JSON.parse(String(http.requests[1]?.body))).to.deep.equal({ ConnectorId: ID, SftpConfig: CONFIG });
  });

  for (const Status of ["PENDING", "ERRORED", "UPDATING"]) {
    it(`asks to be called again for a connector whose Status is ${Status}`, async () => {
      const { service } = setUp(
        jsonAnswer({ Connector: { Arn: "a", SftpConfig: CONFIG, Status, ErrorMessage: "no route" } }),
      );
      const error = await errorOf(service.read(ID));
      expect(error).to.be.instanceOf(NotYet);
      expect(error.message).to.include(`${Status}: no route`);
    });
  }

  it("reads a connector whose Status is ACTIVE", async () => {
    const { service } = setUp(jsonAnswer({ Connector: { Arn: "a", SftpConfig: CONFIG, Status: "ACTIVE" } }));
    expect(await service.read(ID)).to.deep.equal(CONFIG);
  });

  const message = (text: string) => ({ message: text, Message: text });
  const passing: [string, HttpAnswer | Error, number][] = [
    ["AccessDeniedException", jsonError("AccessDeniedException", 400, message("User is not authorized")), 0],
    ["ConflictException", jsonError("ConflictException"), 0],
    ["ThrottlingException", jsonError("ThrottlingException"), 0],
    ["ThrottlingException", jsonError("ThrottlingException", 400, { RetryAfterSeconds: "7" }), 7],
    ["ServiceUnavailableException", jsonError("ServiceUnavailableException", 503), 0],
    ["InternalServiceError", jsonError("InternalServiceError", 500), 0],
    ["InvalidRequestException", jsonError("InvalidRequestException", 400, message("Unable to assume the Role x")), 0],
    ["InvalidRequestException", jsonError("InvalidRequestException", 400, message("Failed to read secret arn")), 0],
    ["ECONNRESET", Object.assign(new Error("ECONNRESET"), { code: "ECONNRESET" }), 0],
    ["TimeoutError", Object.assign(new Error("socket hang up"), { name: "TimeoutError" }), 0],
  ];
  for (const [name, answer, retryAfterSeconds] of passing) {
    it(`takes ${name} for something that may pass (after ${retryAfterSeconds} s or later)`, async () => {
      for (const action of ["read", "write"] as const) {
        const { service } = setUp(answer);
        const error = await errorOf(action === "read" ? service.read(ID) : service.write(ID, CONFIG));
        expect(error).to.be.instanceOf(NotYet);
        expect(error).to.have.property("retryAfterSeconds", retryAfterSeconds);
        expect(error.message).to.include(name);
      }
    });
  }

  const final: [string, HttpAnswer | Error][] = [
    ["ResourceNotFoundException", jsonError("ResourceNotFoundException")],
    ["ValidationException", jsonError("ValidationException", 400, message("role"))],
    ["InvalidRequestException", jsonError("InvalidRequestException", 400, message("Controlled by somebody else"))],
    ["UnrecognizedClientException", jsonError("UnrecognizedClientException")],
    ["TypeError", new TypeError("a defect")],
  ];
  for (const [name, answer] of final) {
    it(`takes ${name} for final`, async () => {
      const { http, service } = setUp(answer);
      const error = await errorOf(service.write(ID, CONFIG));
      expect(error.name).to.equal(name);
      expect(http.requests).to.have.lengthOf(1);
    });
  }
});
