import { expect } from "chai";
import { nextStep } from "../../../contract/next-step";
import { finish } from "../../../functions/finish-run/handler";
import { FakeServices } from "../../engine/support/fake-services";
import { executionArn } from "../../engine/support/run-input";

describe("finish", () => {
  it("tells of an event that starts no run: what is wrong, what to do, and which execution it was", async () => {
    const services = new FakeServices();
    const input = { Event: { Name: "acme" }, Execution: { Id: executionArn("run-1") } };
    const outcome = await finish(services, services.metrics, input);
    expect(outcome).to.deep.include({ Status: "FAILED", Subject: "SFTP sync InvalidEvent" });
    expect(outcome.Error?.Name).to.equal("InvalidEvent");
    for (const part of ["Connector", nextStep("InvalidEvent"), executionArn("run-1")]) {
      expect(outcome.Message).to.include(part);
    }
    expect(services.metrics.recorded).to.deep.equal([]);
  });
});
