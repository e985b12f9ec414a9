import { expect } from "chai";
import { FaultyEvents } from "../../../local/faults/faulty-events";
import { type TransferEvent, transferEvent } from "../../../local/transfer/transfer-events";
import { planOf } from "./plan";

const AT = new Date("2026-01-02T03:04:05Z");
const SUBJECT = { connectorId: "c-0123456789abcdef0", url: "sftp://host", start: AT, end: AT };
const failed = (name: string) => transferEvent("SFTP Connector Directory Listing Failed", SUBJECT, { name });
const completed = (name: string) => transferEvent("SFTP Connector File Retrieve Completed", SUBJECT, { name });

/** A listener that tells when so many events have come. */
function listener(count: number) {
  const heard: unknown[] = [];
  let tell = () => {};
  const all = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const hear = async (event: TransferEvent) => {
    heard.push(event.detail.name);
    if (heard.length === count) {
      tell();
    }
  };
  return { heard, all, hear };
}

describe("faulty events", () => {
  it("are lost, and others are not", async () => {
    const { heard, hear } = listener(2);
    const deliver = new FaultyEvents(planOf({ LoseEvent: [{ Event: "listing-failed", Every: 2 }] })).around(hear);
    for (const event of [failed("first"), failed("second"), completed("file")]) {
      await deliver(event);
    }
    expect(heard).to.deep.equal(["first", "file"]);
  });

  it("come more than once", async () => {
    const { heard, hear } = listener(3);
    const deliver = new FaultyEvents(planOf({ DuplicateEvent: [{ Event: "listing-failed", Copies: 3 }] })).around(hear);
    await deliver(failed("one"));
    expect(heard).to.deep.equal(["one", "one", "one"]);
  });

  it("are overtaken by those after them", async () => {
    const { heard, all, hear } = listener(2);
    const plan = planOf({ DelayEvent: [{ Event: "listing-failed", Seconds: 0.01, Times: 1 }] });
    const deliver = new FaultyEvents(plan).around(hear);
    await deliver(failed("first"));
    await deliver(failed("second"));
    // The delay keeps no process alive, so this does.
    const alive = setInterval(() => undefined, 1000);
    await all;
    clearInterval(alive);
    expect(heard).to.deep.equal(["second", "first"]);
  });
});
