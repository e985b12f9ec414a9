import type { EventListener } from "../runner/interception";
import type { TransferEvent, TransferEventName } from "../transfer/transfer-events";
import type { FaultPlan } from "./faults-schema";
import type { EVENTS } from "./operations";
import { Triggers } from "./trigger";

type EventName = (typeof EVENTS)[number];

const NAMES: Readonly<Record<EventName, TransferEventName>> = {
  "listing-completed": "SFTP Connector Directory Listing Completed",
  "listing-failed": "SFTP Connector Directory Listing Failed",
  "file-completed": "SFTP Connector File Retrieve Completed",
  "file-failed": "SFTP Connector File Retrieve Failed",
};

/** Events as EventBridge may deliver them: not at all, more than once, out of order. */
export class FaultyEvents {
  private readonly losses: Triggers<FaultPlan["LoseEvent"][number]>;
  private readonly duplicates: Triggers<FaultPlan["DuplicateEvent"][number]>;
  private readonly delays: Triggers<FaultPlan["DelayEvent"][number]>;

  constructor(plan: FaultPlan) {
    this.losses = new Triggers(plan.LoseEvent);
    this.duplicates = new Triggers(plan.DuplicateEvent);
    this.delays = new Triggers(plan.DelayEvent);
  }

  around(next: EventListener): EventListener {
    return async (event) => {
      const isOf = ({ Event }: { readonly Event: EventName }) => NAMES[Event] === event["detail-type"];
      if (this.losses.strike(isOf) !== undefined) {
        return;
      }
      const copies = this.duplicates.strike(isOf)?.Copies ?? 1;
      const delay = this.delays.strike(isOf)?.Seconds;
      if (delay === undefined) {
        await deliver(next, event, copies);
      } else {
        // Not awaited, and no reason to stay: a cloud that closes meanwhile never hears of it.
        setTimeout(() => void deliver(next, event, copies).catch(() => undefined), delay * 1000).unref();
      }
    };
  }
}

async function deliver(next: EventListener, event: TransferEvent, copies: number): Promise<void> {
  await Promise.all(Array.from({ length: copies }, () => next(event)));
}
