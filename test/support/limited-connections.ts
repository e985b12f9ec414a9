import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface LimitedConnections {
  readonly port: number;
  /** Connections that were turned away. */
  readonly refused: number;
  close(): void;
}

/** Stands in front of a server on this machine and lets so many connections through at a time; it breaks off the others. */
export async function limitConnections(port: number, most: number): Promise<LimitedConnections> {
  const sockets = new Set<Socket>();
  let passing = 0;
  let refused = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    if (passing >= most) {
      refused += 1;
      client.destroy();
      return;
    }
    passing += 1;
    const target = keep(connect(port, "127.0.0.1"));
    client.pipe(target).pipe(client);
    client.once("close", () => target.destroy());
    target.once("close", () => {
      passing -= 1;
      client.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("the server has no port");
  }
  return {
    port: address.port,
    get refused() {
      return refused;
    },
    close: () => {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}
