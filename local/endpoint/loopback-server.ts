import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { UnknownConnections } from "./unknown-connections";

/** Answers one request, whichever service it is for. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** The connection of a request is the run's own: it is not closed when others open more of them. */
  know(request: IncomingMessage): void;
  close(): Promise<void>;
}

/** Starts an HTTP server on a free port of the loopback interface. A request whose handler fails is cut off. */
export async function startLoopbackServer(answer: RequestHandler): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const unknown = new UnknownConnections();
  server.on("connection", (socket) => unknown.add(socket));
  server.requestTimeout = 0; // A large object may take its time.
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("The local AWS endpoint has no port");
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    know: ({ socket }) => unknown.know(socket),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
