import type { RunEventInput } from "./run-event";

/** SSM's limit for the value of an advanced parameter, 8 KB (API reference, PutParameter). */
export const MAX_PARAMETER_BYTES = 8192;

/** An event as the value of an SSM parameter, where `{{` is not allowed (API reference, PutParameter). Globs may hold it. */
export function parameterValue(event: RunEventInput): string {
  return JSON.stringify(event).replaceAll("{{", "{\\u007b");
}
