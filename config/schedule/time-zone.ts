import { didYouMean } from "../problems/nearest-name";
import { error, type Parsed } from "../problems/problem";
import { describeReceived } from "../problems/received";
import { TIME_ZONE_ALIASES } from "./time-zone-aliases";

/**
 * In their own spelling: Intl does not care for case, but EventBridge Scheduler may. Nor does every name that Intl knows
 * stand in the database: to it, BST is in Bangladesh.
 */
const NAMES: ReadonlySet<string> = new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), ...TIME_ZONE_ALIASES]);

/** A name of the IANA time zone database, in its own spelling. */
export function parseTimeZone(text: string): Parsed<string> {
  if (isTimeZone(text)) {
    return { value: text, findings: [] };
  }
  // Between abbreviations, one letter is another part of the world: PST is no EST that was misspelt.
  const lower = text.toLowerCase();
  const names = [...NAMES].filter((name) => name.includes("/") || name.toLowerCase() === lower);
  const nearest = didYouMean(text, names);
  const details = { received: describeReceived(text), allowed: "a name such as UTC or Europe/Berlin" };
  return { findings: [error(`is not an IANA time zone${nearest}`, details)] };
}

export function isTimeZone(text: string): boolean {
  return NAMES.has(text) && isKnownHere(text);
}

/** A zone may be younger than this version of Node.js, without which its clock cannot be told. */
function isKnownHere(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
