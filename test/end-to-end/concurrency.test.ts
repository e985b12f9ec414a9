import { join } from "node:path";
import { DescribeConnectorCommand } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { LambdaService } from "../../local/lambda/lambda-service";
import { deployDefinition } from "../../local/runner/deploy-definition";
import { startTransfer } from "../local/transfer/local-transfer";
import { tempFolder } from "../support/temp-folder";
import { EMBEDDED, type RemoteServer } from "./remote-servers";
import { FUNCTIONS_DIR, localTestSettings, syncOf, World } from "./world";

const WANTED = 3;

describe("the connector's concurrency", () => {
  let remote: RemoteServer | undefined;
  let world: World;

  beforeEach(async () => {
    remote = await EMBEDDED.start();
    world = await World.create(remote);
    await world.put("in/a.csv", "alpha");
  });

  afterEach(async () => {
    await world.close();
    await remote?.close();
  });

  const definition = () => world.definition({ server: { MaxConcurrentConnections: WANTED } });

  it("is set by the deployed function with the deployed event, from the API's default", async () => {
    const { connector, concurrency, functions } = await deployDefinition({
      definition: await definition(),
      settings: localTestSettings(),
      functionsDir: FUNCTIONS_DIR,
      outdir: join(world.data, "stacks"),
    });
    const transfer = await startTransfer({ connector });
    const folder = tempFolder();
    const lambda = new LambdaService({
      functions,
      platform: { region: "us-east-1", endpoint: transfer.endpoint },
      codeFolder: join(folder, "code"),
      logFolder: join(folder, "logs"),
    });
    const describeConfig = async () =>
      (await transfer.client.send(new DescribeConnectorCommand({ ConnectorId: connector.id }))).Connector?.SftpConfig;
    try {
      const created = await describeConfig();
      expect(created).to.have.property("MaxConcurrentConnections", 1);
      expect(await lambda.invoke(concurrency.functionName, concurrency.event)).to.deep.equal({
        ConnectorId: connector.id,
        MaxConcurrentConnections: WANTED,
        Changed: true,
      });
      expect(await describeConfig()).to.deep.equal({ ...created, MaxConcurrentConnections: WANTED });
    } finally {
      await lambda.close();
      await transfer.close();
    }
  });

  const cases: [string, number, RegExp[]][] = [
    ["nothing about it where it is the definition's", WANTED, []],
    ["that it is another than the definition's, and how to set it again", 1, [/Connections 1, .* 3\. .*-replace=aws_/]],
  ];
  for (const [title, actual, warnings] of cases) {
    it(`a run reports ${title}`, async () => {
      const deployed = await definition();
      const installation = await world.install(deployed, {
        drift: (deployment) => {
          const event = { ...deployment.concurrency.event, MaxConcurrentConnections: actual };
          return { ...deployment, concurrency: { ...deployment.concurrency, event } };
        },
      });
      try {
        const result = await installation.run(syncOf(deployed, "in"));
        expect(result).to.include({ status: "SUCCEEDED" });
        expect(result.warnings).to.have.lengthOf(warnings.length);
        for (const [index, warning] of warnings.entries()) {
          expect(result.warnings[index]).to.match(warning);
        }
      } finally {
        await installation.close();
      }
    });
  }
});
