import { ThrottlingException } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { freePort } from "../../../bench/servers/free-port";
import { handleJsonRequest, ServiceError } from "../../../local/endpoint/json-service";
import { type LoopbackServer, startLoopbackServer } from "../../../local/endpoint/loopback-server";
import { AwsFailure, awsFailure } from "../../../scripts/commands/aws/access/aws-failure";
import { deployedSyncs } from "../../../scripts/commands/aws/access/deployed-syncs";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { runCli } from "../cli-process";
import { sessionAt } from "./world";

/** What AWS answers to the next request. */
let refusal = new ServiceError("", "");

describe("what AWS refuses", function () {
  this.timeout(60_000);
  let server: LoopbackServer;

  before(async () => {
    const refuse = () => {
      throw refusal;
    };
    const services = { AmazonSSM: { GetParametersByPath: refuse } };
    server = await startLoopbackServer((request, response) =>
      handleJsonRequest(services, String(request.headers["x-amz-target"]), request, response, "1"),
    );
  });

  after(() => server.close());

  const refused: readonly (readonly [name: string, message: string, kind: string, told: RegExp, next: RegExp])[] = [
    [
      "ExpiredTokenException",
      "The security token has expired",
      "credentials",
      /^The AWS credentials have expired: The security/,
      /^aws sso login,/,
    ],
    [
      "UnrecognizedClientException",
      "The security token is invalid",
      "credentials",
      /does not accept the credentials/,
      /^aws configure list/,
    ],
    [
      "InvalidSignatureException",
      "Signature expired: 20260101T000000Z is now earlier",
      "credentials",
      /the time of this machine/,
      /clock/,
    ],
    [
      "AccessDeniedException",
      "User: arn:aws:iam::1:user/x is not authorized to perform: ssm:GetParametersByPath",
      "denied",
      /^AWS denies ssm:GetParametersByPath \/sftp-sync\/partner\/: User: arn/,
      /get-caller-identity/,
    ],
    [
      "ValidationException",
      "1 validation\u001b error",
      "service",
      /^AWS answers .* with ValidationException: 1 validation error$/,
      /correct/,
    ],
  ];
  for (const [name, message, kind, told, next] of refused) {
    it(`says what is wrong and what to do: ${name}`, async () => {
      refusal = new ServiceError(name, message);
      const error = await errorOf(deployedSyncs(sessionAt(server.url), "partner"));
      expect(error).to.be.instanceOf(AwsFailure);
      expect(error).to.include({ kind });
      expect(error.message).to.match(told);
      expect((error as AwsFailure).next).to.match(next);
    });
  }

  it("says that AWS cannot be reached", async () => {
    const error = await errorOf(deployedSyncs(sessionAt(`http://127.0.0.1:${await freePort()}`), "partner"));
    expect(error).to.include({ kind: "unreachable" });
    expect(error.message).to.match(
      /^AWS cannot be reached for ssm:GetParametersByPath \/sftp-sync\/partner\/: connect ECONNREFUSED/,
    );
  });

  it("knows a throttled request by its name, whatever its status", () => {
    const throttled = new ThrottlingException({
      message: "",
      RetryAfterSeconds: "1",
      $metadata: { httpStatusCode: 400 },
    });
    expect(awsFailure(throttled, { action: "x", region: "y" })).to.include({ kind: "throttled" });
  });

  it("leaves mistakes of this program as they are", () => {
    const mistake = new TypeError("undefined is not a function");
    expect(awsFailure(mistake, { action: "x", region: "y" })).to.equal(mistake);
  });

  it("ends the command with exit code 2 and no stack trace, and names the profile where there are no credentials", async () => {
    const nothing = `${tempFolder()}/none`;
    const { code, stdout, stderr } = await runCli(["runs", "partner", "--profile", "nobody", "--json"], {
      AWS_CONFIG_FILE: nothing,
      AWS_SHARED_CREDENTIALS_FILE: nothing,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
    });
    expect(code).to.equal(2);
    expect(stderr).to.match(
      /^The profile nobody has no AWS credentials: .*\nNext: aws sso login --profile nobody or aws configure/,
    );
    expect(stderr).not.to.match(/^ +at /m);
    expect(JSON.parse(stdout).error.message).to.match(/^The profile nobody/);
  });
});
