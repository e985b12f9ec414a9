import { connect, type Socket } from "node:net";
import type { RemoteAddress } from "../transfer/remote-address";
import type { FaultPlan } from "./faults-schema";
import { Triggers } from "./trigger";

/** TCP connections to the remote server that end too early. */
export class FaultyConnections {
  private readonly drops: Triggers<FaultPlan["DropConnection"][number]>;

  constructor(plan: FaultPlan) {
    this.drops = new Triggers(plan.DropConnection);
  }

  dial({ host, port }: RemoteAddress): Socket {
    const socket = connect({ host, port });
    const drop = this.drops.strike(() => true);
    if (drop !== undefined) {
      let received = 0;
      socket.on("data", (chunk) => {
        received += chunk.length;
        if (received > drop.AfterBytes) {
          socket.destroy();
        }
      });
    }
    return socket;
  }
}
