import { normaliseName } from "../naming/names";
import { isNumberToken, numberToken } from "../naming/number-tokens";
import type { Path } from "../problems/path";
import { error, type Finding } from "../problems/problem";
import { describeReceived } from "../problems/received";
import type { PlacedFinding } from "../problems/zod-findings";

/** `${TfToken[x]}`, and with # and & for lists and maps (cdktf/lib/tokens/private/encoding.js): how CDKTF writes a reference. */
const TOKEN = /[$#&]\{TfToken\[.{0,40}/;

/** What stands for a map's values (cdktf/lib/tokens/token.js). */
const MAP_VALUES: readonly unknown[] = ["String Map Token Value", "Any Map Token Value", -123456789];

/** Context attributes of EventBridge Scheduler (user guide): it replaces them within a target's input. */
const ATTRIBUTE = /<aws\.scheduler\..{0,40}/i;

const CDKTF = "which CDKTF takes for a reference of its own: no stack could be synthesized";
const SCHEDULER = "which EventBridge Scheduler replaces by what it knows of the call";

/**
 * Finds what other programs on the way would take for something of their own, in every text, number and key, whatever
 * field it is in. Of a value that several places share, the first place is told.
 */
export function reservedTexts(data: unknown): PlacedFinding[] {
  const found: PlacedFinding[] = [];
  const seen = new Set<unknown>();
  const open: { readonly value: unknown; readonly path: Path }[] = [{ value: data, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === "object" && value !== null) {
      const isNew = !seen.has(value);
      seen.add(value);
      for (const [key, one] of isNew ? Object.entries(value) : []) {
        const step = Array.isArray(value) ? Number(key) : key;
        found.push(...at([...path, step], "key", step));
        open.push({ value: one, path: [...path, step] });
      }
    } else {
      found.push(...at(path, "value", value));
    }
  }
  return found;
}

function at(path: Path, part: PlacedFinding["part"], value: unknown): PlacedFinding[] {
  const finding = reservedIn(value);
  return finding === undefined ? [] : [{ path, part, finding }];
}

/** No more is shown than what was found: around it may stand a secret. */
function reservedIn(value: unknown): Finding | undefined {
  if (MAP_VALUES.includes(value)) {
    return refuse(`is ${value}, ${CDKTF}`, value);
  }
  if (typeof value === "number") {
    return isNumberToken(value) ? refuse(`is a number ${CDKTF}`, value) : undefined;
  }
  if (typeof value !== "string") {
    return undefined;
  }
  const [token] = TOKEN.exec(value) ?? [];
  if (token !== undefined) {
    return refuse(`has a token, ${CDKTF}`, token);
  }
  const number = numberToken(value) ?? numberToken(normaliseName(value));
  if (number !== undefined) {
    return refuse(`has a number ${CDKTF}`, number);
  }
  const [attribute] = ATTRIBUTE.exec(value) ?? [];
  return attribute === undefined ? undefined : refuse(`has an attribute, ${SCHEDULER}`, attribute);
}

function refuse(message: string, received: unknown): Finding {
  return error(message, { received: describeReceived(received), allowed: "a text without it" });
}
