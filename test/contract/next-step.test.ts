import { expect } from "chai";
import { nextStep } from "../../contract/next-step";
import { RUN_ERROR_NAMES } from "../../contract/run-errors";

describe("nextStep", () => {
  it("is another one for every name under which a run fails", () => {
    const steps = RUN_ERROR_NAMES.map((name) => nextStep(name));
    expect(new Set(steps)).to.have.lengthOf(RUN_ERROR_NAMES.length);
    for (const step of steps) {
      expect(step).to.match(/^[A-Z].{40,280}\.$/);
    }
  });

  it("names outputs and settings that exist", () => {
    expect(nextStep("CredentialsMissing")).to.include("output secret_arn");
    expect(nextStep("ListingFailed")).to.include("output connector_egress_ips");
    expect(nextStep("InvalidEvent")).to.include("output parameter_names");
    expect(nextStep("RunTimedOut")).to.include("timeouts.run");
    expect(nextStep("ListingTimedOut")).to.include("timeouts.listing");
    expect(nextStep("RunLimitReached")).to.include("MaxDepth");
    expect(nextStep("ListingTruncated")).to.include("connectorLimits.maxListingItems");
  });

  it("names the short command to who has this project, and AWS's own to who has not", () => {
    expect(nextStep("CredentialsMissing")).to.match(
      /npx sftp-sync credentials SERVER.*aws secretsmanager put-secret-value/,
    );
    expect(nextStep("ConnectorNotReady")).to.match(/npx sftp-sync test SERVER.*aws transfer describe-connector/);
    expect(nextStep("InvalidEvent")).to.match(/npx sftp-sync run SERVER SYNC.*output parameter_names/);
  });

  it("has advice for AWS's names too", () => {
    expect(nextStep("States.Timeout")).to.include("aws stepfunctions get-execution-history");
    expect(nextStep("States.Timeout")).to.equal(nextStep("AccessDeniedException"));
  });

  it("says of a bucket in another Region, or none, that it is the bucket", () => {
    expect(nextStep("PermanentRedirect")).to.include("in another Region");
    expect(nextStep("NoSuchBucket")).to.include("BucketName");
  });
});
