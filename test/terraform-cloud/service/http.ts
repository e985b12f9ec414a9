import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { ApiAnswer, Caller, Routes } from "./api";

export interface AnswererOptions {
  readonly routes: Routes;
  /** What service discovery tells. */
  readonly services: Readonly<Record<string, string>>;
  /** @returns undefined for a token that is not valid. */
  readonly callerOf: (token: string) => Caller | undefined;
  /** Receives `METHOD /path` of requests that no route takes. */
  readonly unknown: string[];
}

/** Speaks HTTP: finds a request's route, and writes the answer as the service does. */
export function answerer(options: AnswererOptions): RequestListener {
  return (request, response) => {
    answer(options, request).then(
      (found) => writeAnswer(response, found),
      () => response.destroy(),
    );
  };
}

async function answer(options: AnswererOptions, request: IncomingMessage): Promise<ApiAnswer> {
  const { routes, services, callerOf, unknown } = options;
  const { pathname, searchParams: query } = new URL(request.url ?? "", "https://localhost");
  const body = await buffer(request);
  if (pathname === "/.well-known/terraform.json") {
    return { text: JSON.stringify(services), contentType: "application/json" };
  }
  const isApi = pathname.startsWith("/api/");
  const caller = callerOf((request.headers.authorization ?? "").replace("Bearer ", ""));
  if (isApi && caller === undefined) {
    return { status: 401 };
  }
  const segments = `${request.method} ${decodeURIComponent(pathname)}`.split("/");
  for (const [pattern, handle] of Object.entries(routes)) {
    const names = namesIn(pattern.split("/"), segments);
    if (names !== undefined) {
      // Addresses of files are secrets of their own: the client sends no token there.
      return handle({ caller: caller ?? {}, names, query, body });
    }
  }
  unknown.push(`${request.method} ${pathname}`);
  return { status: 404 };
}

/** What stands where the pattern has a `*`; undefined where it does not match. */
function namesIn(pattern: readonly string[], segments: readonly string[]): string[] | undefined {
  const isMatch =
    pattern.length === segments.length && pattern.every((part, i) => part === "*" || part === segments[i]);
  return isMatch ? segments.filter((_, i) => pattern[i] === "*") : undefined;
}

function writeAnswer(response: ServerResponse, found: ApiAnswer): void {
  response.setHeader("TFP-API-Version", "2.6");
  response.setHeader("TFP-AppName", "HCP Terraform");
  if ("text" in found) {
    response.setHeader("Content-Type", found.contentType ?? "application/octet-stream");
    response.end(found.text);
    return;
  }
  response.setHeader("Content-Type", "application/vnd.api+json");
  if ("data" in found) {
    const pagination = { "current-page": 1, "next-page": null, "prev-page": null, "total-pages": 1 };
    response.end(JSON.stringify({ data: found.data, included: found.included, meta: { pagination } }));
    return;
  }
  const { status } = found;
  response.statusCode = status;
  response.end(status < 300 ? "" : JSON.stringify({ errors: [{ status: String(status), title: TITLES[status] }] }));
}

const TITLES: Readonly<Record<number, string>> = { 401: "unauthorized", 404: "not found", 409: "conflict" };
