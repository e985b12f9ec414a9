import { normaliseName } from "../naming/names";
import { error, type Parsed, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";
import { oddCharacterWarnings } from "./odd-characters";

/** Longest name of a server or sync that may be written; physical names are shortened by their own limits. */
const MAX_LENGTH = 64;

/** `Name` of a server or a sync. */
export function parseName(text: string): Parsed<string> {
  const value = normaliseName(text);
  const received = describeReceived(text);
  const allowed = `1 to ${MAX_LENGTH} of a-z, 0-9 and -`;
  if (value === "") {
    return { findings: [error("has no letter a-z and no digit", { received, allowed })] };
  }
  if (value.length > MAX_LENGTH) {
    return { findings: [error("is too long", { received, allowed })] };
  }
  const usedAs = value === text ? [] : [warning(`is used as ${value}`, { received, allowed })];
  return { value, findings: [...usedAs, ...oddCharacterWarnings(text)] };
}
