import type { Socket } from "node:net";

/**
 * More than a run's functions open before each has signed its first request, which they send at once; and few beside the files that
 * a process may have open.
 */
const MOST = 128;

/**
 * Connections of which nobody knows yet whose they are. Every user of the machine can open them, and each takes one of the files that
 * this process may have open: so of too many, the oldest is closed.
 */
export class UnknownConnections {
  private readonly sockets = new Set<Socket>();

  add(socket: Socket): void {
    this.sockets.add(socket);
    socket.once("close", () => this.sockets.delete(socket));
    const [oldest] = this.sockets;
    if (this.sockets.size > MOST && oldest !== undefined) {
      this.sockets.delete(oldest);
      oldest.destroy();
    }
  }

  /** It is the run's own, and stays. */
  know(socket: Socket): void {
    this.sockets.delete(socket);
  }
}
