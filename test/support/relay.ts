import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A port of 127.0.0.1 that stays the same while the server behind it changes. */
export class Relay {
  /** Where connections lead from now on; nowhere, where it is undefined. */
  target: number | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {
    server.on("connection", (socket) => this.join(socket));
  }

  static async start(): Promise<Relay> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return new Relay(server, address !== null && typeof address === "object" ? address.port : 0);
  }

  /** Ends all connections at both ends. */
  cut(): void {
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private join(near: Socket): void {
    if (this.target === undefined) {
      near.destroy();
      return;
    }
    const far = connect(this.target, "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined); // `close` follows.
      socket.on("close", () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
