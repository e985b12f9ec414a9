import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A port of 127.0.0.1 that stays the same while the server behind it changes. */
export class Relay {
  /** Where connections lead from now on; nowhere, where it is undefined. */
  target: number | undefined;
  /** Connections that are let through at a time; others are broken off. */
  most = Number.POSITIVE_INFINITY;
  private readonly sockets = new Set<Socket>();
  private passing = 0;
  private brokenOff = 0;

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

  /** Connections that led nowhere, or were too many. */
  get refused(): number {
    return this.brokenOff;
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
    if (this.target === undefined || this.passing >= this.most) {
      this.brokenOff += 1;
      near.destroy();
      return;
    }
    const far = connect(this.target, "127.0.0.1");
    this.passing += 1;
    far.once("close", () => {
      this.passing -= 1;
    });
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
