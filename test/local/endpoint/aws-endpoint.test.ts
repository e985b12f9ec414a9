import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DescribeExecutionCommand, SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { type AwsEndpoint, startAwsEndpoint } from "../../../local/endpoint/aws-endpoint";
import { ServiceError } from "../../../local/endpoint/json-service";
import { S3Store } from "../../../local/s3/s3-store";
import { createSecretsService } from "../../../local/secrets-manager/secrets";
import { errorOf, httpStatus } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { clientSettings } from "../s3/s3-endpoint";
import { signedFetch } from "../s3/signed-fetch";

const secret = (name: string, hasValue: boolean) => ({
  name,
  arn: `arn:aws:secretsmanager:::secret:${name}`,
  hasValue,
});

describe("the local endpoint's JSON services", () => {
  let endpoint: AwsEndpoint;
  let secrets: SecretsManagerClient;
  let executions: SFNClient;
  before(async () => {
    endpoint = await startAwsEndpoint({
      s3: await S3Store.open(tempFolder()),
      services: {
        secretsmanager: createSecretsService([secret("full", true), secret("empty", false)]),
        AWSStepFunctions: {
          DescribeExecution: (input) => ({
            executionArn: Reflect.get(Object(input), "executionArn"),
            status: "RUNNING",
          }),
          ListExecutions: () => {
            throw new ServiceError("Throttled", "slow down", { status: 429, fields: { RetryAfterSeconds: "7" } });
          },
        },
      },
    });
    const settings = { ...clientSettings(endpoint), maxAttempts: 1 };
    secrets = new SecretsManagerClient(settings);
    executions = new SFNClient(settings);
  });
  after(() => endpoint.close());

  it("say by its versions whether a secret has a value", async () => {
    const full = await secrets.send(new DescribeSecretCommand({ SecretId: "arn:aws:secretsmanager:::secret:full" }));
    expect(Object.values(full.VersionIdsToStages ?? {})).to.deep.equal([["AWSCURRENT"]]);
    const empty = await secrets.send(new DescribeSecretCommand({ SecretId: "empty" }));
    expect(empty).to.include({ Name: "empty" }).and.not.to.have.property("VersionIdsToStages");
  });

  it("answer errors under their names", async () => {
    const error = await errorOf(secrets.send(new DescribeSecretCommand({ SecretId: "none" })));
    expect([error.name, httpStatus(error)]).to.deep.equal(["ResourceNotFoundException", 400]);
    const missing = await errorOf(secrets.send(new GetSecretValueCommand({ SecretId: "full" })));
    expect(missing.name).to.equal("UnknownOperationException");
  });

  it("are any that are registered", async () => {
    const answer = await executions.send(new DescribeExecutionCommand({ executionArn: "arn:x" }));
    expect(answer).to.include({ executionArn: "arn:x", status: "RUNNING" });
  });

  it("refuse what is not JSON, with a status, a name and a request id", async () => {
    const request = (target: string, body: string) =>
      signedFetch(endpoint, "/", { method: "POST", body, headers: { "x-amz-target": target } });
    const malformed = await request("AWSStepFunctions.DescribeExecution", "{");
    expect([malformed.status, Reflect.get(Object(await malformed.json()), "__type")]).to.deep.equal([
      400,
      "SerializationException",
    ]);
    expect(malformed.headers.get("x-amzn-requestid")).to.match(/^[0-9a-f-]{36}$/);
    const throttled = await request("AWSStepFunctions.ListExecutions", "{}");
    expect(throttled.status).to.equal(429);
    expect(await throttled.json()).to.include({ __type: "Throttled", RetryAfterSeconds: "7" });
    expect((await request("AWSStepFunctions.constructor", "{}")).status).to.equal(400);
    expect((await request("toString.call", "{}")).status).to.equal(400);
  });
});
