import { once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { RequestHandler } from "../../../local/endpoint/loopback-server";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends a request on, with a body that has been read already. */
export type Forward = (request: IncomingMessage, body: Buffer) => Promise<Answer>;

/** To a server on the loopback interface. */
export function forwardTo(port: number): Forward {
  return async ({ method, url, headers }, body) => {
    const { "transfer-encoding": _, expect: __, connection: ___, ...kept } = headers;
    const outgoing = httpRequest({
      host: "127.0.0.1",
      port,
      method,
      path: url,
      headers: { ...kept, "content-length": String(body.length) },
    });
    const answered = once(outgoing, "response");
    outgoing.end(body);
    const [incoming]: IncomingMessage[] = await answered;
    if (incoming === undefined) {
      throw new Error("a response without a message");
    }
    return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await buffer(incoming) };
  };
}

export function writeAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  const { "transfer-encoding": _, connection: __, ...kept } = headers;
  response.writeHead(status, kept).end(body);
}

/** Passes requests on, and answers back, as they are. */
export function passOn(forward: Forward): RequestHandler {
  return async (request, response) => writeAnswer(response, await forward(request, await buffer(request)));
}
