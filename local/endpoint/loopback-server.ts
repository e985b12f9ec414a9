import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** Answers one request, whichever service it is for. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts an HTTP server on a free port of the loopback interface. A request whose handler fails is cut off, and so is one for
 * another host: a name that somebody has lead here.
 */
export async function startLoopbackServer(answer: RequestHandler): Promise<LoopbackServer> {
  let host = "";
  const server = createServer((request, response) => {
    if (request.headers.host !== host) {
      response.destroy();
      return;
    }
    answer(request, response).catch(() => response.destroy());
  });
  server.requestTimeout = 0; // A large object may take its time.
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("The local AWS endpoint has no port");
  }
  host = `127.0.0.1:${address.port}`;
  return {
    url: `http://${host}`,
    port: address.port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
