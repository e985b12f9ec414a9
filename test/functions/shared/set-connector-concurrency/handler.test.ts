import { join } from "node:path";
import { DescribeConnectorCommand, UpdateConnectorCommand } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { FunctionFailed } from "../../../../local/lambda/invocation";
import { LambdaService } from "../../../../local/lambda/lambda-service";
import { FUNCTIONS_DIR } from "../../../end-to-end/world";
import { CONNECTOR, type LocalTransfer, startTransfer } from "../../../local/transfer/local-transfer";
import { errorOf } from "../../../support/errors";
import { tempFolder } from "../../../support/temp-folder";

const SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:a";
const KEYS = ["ssh-rsa AAAA", "ecdsa-sha2-nistp256 BBBB"];
const EVENT = { ConnectorId: CONNECTOR, MaxConcurrentConnections: 5, UserSecretId: SECRET, TrustedHostKeys: KEYS };

/** The built zip, against the local Transfer service over HTTP. */
describe("set-connector-concurrency", () => {
  let transfer: LocalTransfer;
  let lambda: LambdaService;

  const invoke = (event: object) => lambda.invoke("set-connector-concurrency", event);

  async function config() {
    const command = new DescribeConnectorCommand({ ConnectorId: CONNECTOR });
    return (await transfer.client.send(command)).Connector?.SftpConfig;
  }

  before(async () => {
    const connector = { url: "127.0.0.1", trustedHostKeys: KEYS, userSecretId: SECRET };
    transfer = await startTransfer({ connector });
    const folder = tempFolder();
    lambda = new LambdaService({
      functions: [
        {
          name: "set-connector-concurrency",
          arn: "arn:aws:lambda:us-east-1:000000000000:function:set-connector-concurrency",
          zipPath: join(FUNCTIONS_DIR, "shared.zip"),
          handler: "set-connector-concurrency.handler",
          environment: {},
          timeoutSeconds: 180,
          memoryMegabytes: 256,
        },
      ],
      platform: { region: "us-east-1", endpoint: transfer.endpoint },
      codeFolder: join(folder, "code"),
      logFolder: join(folder, "logs"),
    });
  });

  after(async () => {
    await lambda.close();
    await transfer.close();
  });

  it("brings a new connector from the API's default to its value, and keeps keys and secret", async () => {
    const made = { UserSecretId: SECRET, TrustedHostKeys: KEYS, MaxConcurrentConnections: 1 };
    expect(await config()).to.deep.equal(made);
    expect(await invoke(EVENT)).to.deep.equal({
      ConnectorId: CONNECTOR,
      MaxConcurrentConnections: 5,
      Changed: true,
    });
    expect(await config()).to.deep.equal({ ...made, MaxConcurrentConnections: 5 });
  });

  it("changes nothing the second time", async () => {
    await invoke(EVENT);
    const { UpdateConnector } = transfer.service.calls;
    expect(await invoke(EVENT)).to.have.property("Changed", false);
    expect(transfer.service.calls.UpdateConnector).to.equal(UpdateConnector);
  });

  it("sets the value again after an update that knew nothing of it", async () => {
    await invoke(EVENT);
    const TrustedHostKeys = ["ssh-rsa CCCC"];
    const SftpConfig = { UserSecretId: SECRET, TrustedHostKeys };
    await transfer.client.send(new UpdateConnectorCommand({ ConnectorId: CONNECTOR, SftpConfig }));
    expect(await config()).to.have.property("MaxConcurrentConnections", 1);
    expect(await invoke({ ...EVENT, TrustedHostKeys })).to.have.property("Changed", true);
    expect(await config()).to.deep.equal({ ...SftpConfig, MaxConcurrentConnections: 5 });
  });

  const wrong: [string, object, RegExp][] = [
    ["an unknown connector", { ...EVENT, ConnectorId: "c-fffffffffffffffff" }, /c-f{17} .*ResourceNotFoundException/],
    ["an event without a value", { ConnectorId: CONNECTOR }, /MaxConcurrentConnections/],
    ["a value out of range", { ...EVENT, MaxConcurrentConnections: 6 }, /<=5[\s\S]*MaxConcurrentConnections/],
  ];
  for (const [title, event, message] of wrong) {
    it(`fails under its own name for ${title}`, async () => {
      const error = await errorOf(invoke(event));
      expect(error).to.be.instanceOf(FunctionFailed);
      expect(error.name).to.equal("ConcurrencyNotSet");
      expect(error.message).to.match(message);
    });
  }
});
