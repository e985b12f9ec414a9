import { InvalidArgumentError } from "commander";
import { LATEST_SECONDS } from "../../contract/run-event";

/** A point in time, as `FromTimestamp` has it. */
export function utcSeconds(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > LATEST_SECONDS) {
    throw new InvalidArgumentError("Allowed: UTC seconds since 1970, such as 1767225600 (not milliseconds).");
  }
  return value;
}
