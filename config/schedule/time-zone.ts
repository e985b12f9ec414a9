import { didYouMean } from "../problems/nearest-name";
import { error, type Finding, type Parsed, warning } from "../problems/problem";
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
    return { value: text, findings: turnedSign(text) };
  }
  // Between abbreviations, one letter is another part of the world: PST is no EST that was misspelt.
  const lower = text.toLowerCase();
  const names = [...NAMES].filter((name) => name.includes("/") || name.toLowerCase() === lower);
  const nearest = didYouMean(text, names);
  const details = { received: describeReceived(text), allowed: "a name such as UTC or Europe/Berlin" };
  return { findings: [error(`is not an IANA time zone${nearest}`, details)] };
}

/** As POSIX counts them, west of Greenwich is plus. */
function turnedSign(name: string): Finding[] {
  const [, sign, hours] = /^Etc\/GMT([+-])([1-9]\d?)$/.exec(name) ?? [];
  return hours === undefined
    ? []
    : [
        warning(`is UTC${sign === "+" ? "-" : "+"}${hours}: the signs of these names are turned round`, {
          received: describeReceived(name),
          allowed: "a name such as America/New_York, or the other sign",
        }),
      ];
}

export function isTimeZone(text: string): boolean {
  return NAMES.has(text) && isKnownHere(text);
}

/** Asking takes a while, and most syncs have the same zone. */
const KNOWN = new Map<string, boolean>();

/** A zone may be younger than this version of Node.js, without which its clock cannot be told. */
function isKnownHere(name: string): boolean {
  const known = KNOWN.get(name) ?? hasFormat(name);
  KNOWN.set(name, known);
  return known;
}

function hasFormat(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
