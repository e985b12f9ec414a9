import { randomUUID } from "node:crypto";
import { handleJsonRequest, type JsonService } from "../../../local/endpoint/json-service";
import type { RequestHandler } from "../../../local/endpoint/loopback-server";

/** What the AWS provider asks of Step Functions and the emulator has not. */
export const STATE_MACHINE_CHECKS: JsonService = {
  ValidateStateMachineDefinition: () => ({ result: "OK", diagnostics: [] }),
  ListStateMachineVersions: () => ({ stateMachineVersions: [] }),
};

/** Answers the operations of these services, by the first part of their `X-Amz-Target`; all others are the next one's. */
export function jsonServices(services: Readonly<Record<string, JsonService>>) {
  return (next: RequestHandler): RequestHandler =>
    (request, response) => {
      const target = request.headers["x-amz-target"];
      const [service = "", operation = ""] = typeof target === "string" ? target.split(".", 2) : [];
      return typeof target === "string" && services[service]?.[operation] !== undefined
        ? handleJsonRequest(services, target, request, response, randomUUID())
        : next(request, response);
    };
}
