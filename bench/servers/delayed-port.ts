import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import type { Readable, Writable } from "node:stream";

/** A port of 127.0.0.1 that leads to another one over a long way. */
export interface DelayedPort {
  readonly port: number;
  close(): void;
}

/**
 * Opens a port behind which every byte takes its time to the other port, and as long back. How many are on their way is not limited.
 * @param milliseconds for one way.
 */
export async function openDelayedPort(target: number, milliseconds: number): Promise<DelayedPort> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on("error", () => undefined); // `close` follows.
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      passOn(from, to, milliseconds);
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    close: () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
    },
  };
}

/** Timers of one duration go off in the order in which they were set. */
function passOn(from: Readable, to: Writable, milliseconds: number): void {
  from.on("data", (piece: Buffer) => setTimeout(() => to.write(piece), milliseconds));
  from.on("end", () => setTimeout(() => to.end(), milliseconds));
}
