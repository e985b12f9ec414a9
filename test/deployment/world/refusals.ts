import type { RequestHandler } from "../../../local/endpoint/loopback-server";
import type { Call } from "./call";
import { nameCall } from "./call";

export type Refused = Pick<Call, "caller" | "operation">;

/** Requests of JSON services that are refused for the time being. */
export class Refusals {
  private refused: Refused | undefined;

  /** Refuses this operation to this caller while the work is under way. */
  async during<T>(refused: Refused, work: () => Promise<T>): Promise<T> {
    this.refused = refused;
    try {
      return await work();
    } finally {
      this.refused = undefined;
    }
  }

  around(next: RequestHandler): RequestHandler {
    return async (request, response) => {
      const { caller, operation } = nameCall(request);
      if (caller !== this.refused?.caller || operation !== this.refused.operation) {
        return next(request, response);
      }
      response.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify({ __type: "InvalidRequestException", message: `${operation} is refused` }));
    };
  }
}
