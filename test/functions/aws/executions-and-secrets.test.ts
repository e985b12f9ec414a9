import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { executionService } from "../../../functions/aws/execution-service";
import { secretService } from "../../../functions/aws/secret-service";
import { clientOptions, FakeHttp, type HttpAnswer, jsonAnswer, jsonError } from "../../engine/support/fake-http";
import { errorNameOf } from "../../support/errors";

const ARN = "arn:aws:states:eu-west-1:111122223333:execution:acme:run-1";

function executions(answer: HttpAnswer) {
  return executionService(new SFNClient(clientOptions(new FakeHttp([answer]))));
}

function secrets(answer: HttpAnswer) {
  return secretService(new SecretsManagerClient(clientOptions(new FakeHttp([answer]))));
}

describe("executionService", () => {
  const table: [string, boolean][] = [
    ["RUNNING", true],
    ["PENDING_REDRIVE", true],
    ["SUCCEEDED", false],
    ["FAILED", false],
    ["TIMED_OUT", false],
    ["ABORTED", false],
  ];
  for (const [status, expected] of table) {
    it(`says of an execution that is ${status}: ${expected ? "running" : "gone"}`, async () => {
      expect(await executions(jsonAnswer({ status })).isRunning(ARN)).to.equal(expected);
    });
  }

  it("takes a forgotten execution for gone, and nothing else", async () => {
    expect(await executions(jsonError("ExecutionDoesNotExist")).isRunning(ARN)).to.equal(false);
    expect(await errorNameOf(executions(jsonError("AccessDeniedException")).isRunning(ARN))).to.equal(
      "AccessDeniedException",
    );
  });
});

describe("secretService", () => {
  const table: [string, object, boolean][] = [
    ["a current version", { VersionIdsToStages: { v1: ["AWSCURRENT"] } }, true],
    ["a current version beside others", { VersionIdsToStages: { v1: ["AWSPREVIOUS"], v2: ["x", "AWSCURRENT"] } }, true],
    ["only a pending version", { VersionIdsToStages: { v1: ["AWSPENDING"] } }, false],
    ["no version", {}, false],
  ];
  for (const [title, answer, expected] of table) {
    it(`says of a secret with ${title}: ${expected ? "has a value" : "has none"}`, async () => {
      expect(await secrets(jsonAnswer(answer)).hasValue("arn")).to.equal(expected);
    });
  }

  it("leaves a refusal an error", async () => {
    expect(await errorNameOf(secrets(jsonError("AccessDeniedException")).hasValue("arn"))).to.equal(
      "AccessDeniedException",
    );
  });
});
