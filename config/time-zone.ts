import { didYouMean } from "./nearest-name";
import { error, type Parsed } from "./problem";
import { describeReceived } from "./received";

const IANA_NAME = /^[A-Za-z]+[A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

/** Longest time zone that EventBridge Scheduler takes [api]. */
const MAX_LENGTH = 50;

/** A name of the IANA time zone database, in its own spelling. */
export function parseTimeZone(text: string): Parsed<string> {
  if (isTimeZone(text)) {
    return { value: text, findings: [] };
  }
  const nearest = didYouMean(text, ["UTC", ...Intl.supportedValuesOf("timeZone")]);
  const details = { received: describeReceived(text), allowed: "a name such as UTC or Europe/Berlin" };
  return { findings: [error(`is not an IANA time zone${nearest}`, details)] };
}

export function isTimeZone(text: string): boolean {
  if (text === "UTC") {
    return true;
  }
  if (!IANA_NAME.test(text) || text.length > MAX_LENGTH) {
    return false;
  }
  try {
    const canonical = new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
    // Intl does not care for case, but EventBridge Scheduler may.
    return canonical === text || canonical.toLowerCase() !== text.toLowerCase();
  } catch {
    return false;
  }
}
