// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Terraform.
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { loadDefinitionFiles } from "../../../config/load-definitions";
import { settingsSchema } from "../../../config/settings/settings-schema";
import { runEventSchema } from "../../../contract/run-event";
import { type Deployment, deploy } from "../../../local/deployment/deployment";
import { matchesPattern } from "../../../local/deployment/event-pattern";
import { synthStacks } from "../../../stacks/app";
import { tempFolder } from "../../support/temp-folder";

const ROOT = join(__dirname, "..", "..", "..");
const account = { accountId: "000000000000", region: "us-east-1" };
const ZIPS = ["run", "shared"];

describe("deploy", () => {
  let deployment: Deployment;

  before(async () => {
    const folder = tempFolder();
    const functionsDir = join(folder, "functions");
    await mkdir(functionsDir);
    await Promise.all(ZIPS.map((zip) => writeFile(join(functionsDir, `${zip}.zip`), zip)));
    const { definitions } = await loadDefinitionFiles([join(ROOT, "servers", "example.yaml")]);
    const settings = settingsSchema.parse({ region: account.region });
    const outdir = join(folder, "out");
    synthStacks({ settings, definitions, functionsDir, outdir });
    deployment = await deploy({ outdir, server: "partner-a", account });
  });

  it("finds the functions of both stacks, with their zips and no open reference", () => {
    expect(deployment.functions.map(({ name }) => name)).to.have.members([
      "sftp-sync-record-listing-failure",
      "sftp-sync-set-connector-concurrency",
      "sftp-sync-partner-a-remote-folders-list",
      "sftp-sync-partner-a-get-list-status",
      "sftp-sync-partner-a-sync-remote-folder",
      "sftp-sync-partner-a-finish-run",
    ]);
    for (const config of deployment.functions) {
      expect(existsSync(config.zipPath), config.zipPath).to.equal(true);
      expect(JSON.stringify(config.environment)).not.to.include("${");
      expect(config.timeoutSeconds).to.be.above(0);
    }
  });

  it("gives the functions the ARN of the deployed secret", () => {
    const [secret] = deployment.secrets;
    const list = deployment.functions.find(({ name }) => name.endsWith("remote-folders-list"));
    expect(secret?.arn).to.match(
      /^arn:aws:secretsmanager:us-east-1:000000000000:secret:aws\/transfer\/sftp-sync-partner-a-/,
    );
    expect(list?.environment.SECRET_ARN).to.equal(secret?.arn);
    expect(deployment.connector.userSecretId).to.equal(secret?.arn);
  });

  it("finds what is invoked for the connector's concurrency, and with which event", () => {
    const { functionName, event } = deployment.concurrency;
    expect(deployment.functions.map(({ name }) => name)).to.include(functionName);
    expect(event).to.deep.equal({
      ConnectorId: deployment.connector.id,
      MaxConcurrentConnections: 5,
      UserSecretId: deployment.connector.userSecretId,
      TrustedHostKeys: [...deployment.connector.trustedHostKeys].sort(),
    });
  });

  it("resolves the state machine's tasks to deployed functions", () => {
    const { arn, definition } = deployment.stateMachine;
    expect(arn).to.equal("arn:aws:states:us-east-1:000000000000:stateMachine:sftp-sync-partner-a");
    const named = [...definition.matchAll(/"FunctionName":"([^"]+)"/g)].map(([, name]) => name);
    expect(named).to.have.length(4);
    expect(deployment.functions.map((config) => config.arn)).to.include.members(named);
  });

  it("has an event for every schedule, and a parameter for every sync", () => {
    expect(deployment.schedules.map(({ sync }) => sync)).to.have.members(["prices", "reports"]);
    expect(deployment.parameters.map(({ sync }) => sync)).to.have.members(["prices", "reports"]);
    for (const { json } of deployment.parameters) {
      const event = runEventSchema.parse(JSON.parse(json));
      expect(event.Connector).to.equal(deployment.connector.id);
      expect(event.ReportBucket).to.equal(deployment.listResultsBucket);
      expect(event.Mode).to.equal("as-scheduled");
      expect(event.FromTimestamp).to.equal(undefined);
    }
  });

  it("hands failed listings, and only those, to the recorder", () => {
    const [rule] = deployment.rules;
    const recorder = deployment.functions.find(({ name }) => name.endsWith("record-listing-failure"));
    const event = (type: string) => ({ source: "aws.transfer", "detail-type": `SFTP Connector ${type}` });
    expect(rule?.targets).to.deep.equal([recorder?.arn]);
    expect(rule && matchesPattern(rule.pattern, event("Directory Listing Failed"))).to.equal(true);
    expect(rule && matchesPattern(rule.pattern, event("Directory Listing Completed"))).to.equal(false);
  });
});
