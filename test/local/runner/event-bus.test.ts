import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { eventPatternSchema } from "../../../local/deployment/event-pattern";
import { EventBus } from "../../../local/runner/event-bus";

const rule = { pattern: eventPatternSchema.parse({ source: ["aws.transfer"] }), targets: ["arn:a", "arn:b"] };

describe("EventBus", () => {
  function connected(invoke: (arn: string, event: unknown) => Promise<unknown>): EventBus {
    const bus = new EventBus([rule]);
    bus.connect({ invoke });
    return bus;
  }

  it("invokes the targets of matching rules with the event", async () => {
    const calls: unknown[] = [];
    const bus = connected(async (arn, event) => calls.push([arn, event]));
    await bus.deliver({ source: "aws.transfer" });
    await bus.deliver({ source: "aws.s3" });
    expect(calls).to.deep.equal([
      ["arn:a", { source: "aws.transfer" }],
      ["arn:b", { source: "aws.transfer" }],
    ]);
  });

  it("tries a failing function three times, and then lets the event go", async () => {
    let attempts = 0;
    const bus = connected(async (arn) => {
      if (arn === "arn:a") {
        attempts += 1;
        throw new Error("down");
      }
    });
    await bus.deliver({ source: "aws.transfer" });
    expect(attempts).to.equal(3);
  });

  it("is settled when the functions are done with every event, also with one that comes meanwhile", async () => {
    const first = { source: "aws.transfer", detail: "first" };
    const second = { source: "aws.transfer", detail: "second" };
    const done: unknown[] = [];
    const bus: EventBus = connected(async (arn, event) => {
      if (event === first && arn === "arn:a") {
        void bus.deliver(second);
      }
      await setImmediate();
      done.push([arn, event]);
    });
    void bus.deliver(first);
    await bus.settled();
    expect(done).to.have.deep.members([first, second].flatMap((event) => rule.targets.map((arn) => [arn, event])));
  });

  it("loses what comes before a deployment", async () => {
    expect(await new EventBus([rule]).deliver({ source: "aws.transfer" })).to.equal(undefined);
  });
});
