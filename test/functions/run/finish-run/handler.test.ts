import { expect } from "chai";
import { nextStep } from "../../../../contract/next-step";
import { finish } from "../../../../functions/run/finish-run/handler";
import { FakeServices } from "../../../engine/support/fake-services";
import { executionArn } from "../../../engine/support/run-input";

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

  it("tells of such an event in a text that a notification takes, however large the event is", async () => {
    const services = new FakeServices();
    const SyncSettings = Array.from({ length: 5000 }, () => ({ Name: 1 }));
    const input = { Event: { Name: "acme", SyncSettings }, Execution: { Id: executionArn("run-1") } };
    const keys = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`Mod${"e".repeat(index % 3)}${index}`, 1]),
    );
    const outcome = await finish(services, services.metrics, { ...input, Event: { ...input.Event, ...keys } });
    expect(outcome.Error?.Name).to.equal("InvalidEvent");
    expect(JSON.stringify(outcome).length).to.be.below(20_000);
    expect(outcome.Message).to.include(nextStep("InvalidEvent"));
  });
});
