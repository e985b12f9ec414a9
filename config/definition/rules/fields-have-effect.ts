import { type Finding, warning } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";
import type { DefinitionFields, SyncFields } from "../form/definition-schema";

/** Warns of fields that undo one another, or that say something else than was most likely meant. */
export function fieldsHaveEffect({ SyncSettings }: DefinitionFields): PlacedFinding[] {
  return SyncSettings.items.flatMap(({ fields }) =>
    fields === undefined ? [] : [...depth(fields), ...everythingExcluded(fields), ...age(fields)],
  );
}

function depth({ RemoteFolders: { fields } }: SyncFields): PlacedFinding[] {
  const { MaxDepth, Recursive } = fields ?? {};
  // 0 says the same as Recursive: false.
  if (Recursive?.value !== false || MaxDepth?.written === undefined || !MaxDepth.value) {
    return [];
  }
  const details = { received: String(MaxDepth.value), allowed: "Recursive: true, or no MaxDepth" };
  return [{ path: MaxDepth.path, part: "value", finding: warning("has no effect: Recursive is false", details) }];
}

const EVERYTHING: readonly string[] = ["**", "**/*", "**/**"];

function everythingExcluded({ RemoteFolders: { fields } }: SyncFields): PlacedFinding[] {
  const { Include, Exclude, Recursive } = fields ?? {};
  const excluded = Exclude?.items ?? [];
  const all = excluded.find(
    ({ value = "" }) => EVERYTHING.includes(value) || (value === "*" && Recursive?.value === false),
  );
  if (all !== undefined) {
    const details = { received: JSON.stringify(all.value), allowed: "what is not wanted alone" };
    return [
      { path: all.path, part: "value", finding: warning("leaves out every file, and the sync copies none", details) },
    ];
  }
  return (Include?.items ?? []).flatMap(({ value, path }): PlacedFinding[] => {
    const other = excluded.find((one) => value !== undefined && one.value !== undefined && covers(one.value, value));
    return value === undefined || other?.value === undefined
      ? []
      : [{ path, part: "value", finding: swallowed(value, other.value) }];
  });
}

function swallowed(glob: string, by: string): Finding {
  return warning(`takes no file: Exclude has ${JSON.stringify(by)}, which wins`, {
    received: JSON.stringify(glob),
    allowed: "a glob that Exclude leaves something of",
  });
}

/** Whether one glob takes all that another does, where that is certain. */
function covers(outer: string, inner: string): boolean {
  if (outer === inner) {
    return true;
  }
  if (/[{}()[\]\\!]/.test(outer + inner)) {
    return false;
  }
  const folder = /^([^*?]+\/)\*\*$/.exec(outer)?.[1];
  const name = /^\*\*\/([^/]+)$/.exec(outer)?.[1];
  return (
    (folder !== undefined && inner.startsWith(folder)) ||
    (name !== undefined && !name.includes("**") && inner.split("/").at(-1) === name)
  );
}

const DAY = 86_400;

/** A file is written in less. */
const YEAR = 365 * DAY;

/** 300000 is five minutes to whoever thinks in milliseconds; as seconds people write hours and days. */
function looksLikeMilliseconds(value: number): boolean {
  return value % DAY !== 0 && (value >= 1_000_000 ? value % 1000 === 0 : value >= 120_000 && value % 60_000 === 0);
}

function age({ MinimumAgeSeconds: { value, path } }: SyncFields): PlacedFinding[] {
  if (value === undefined || !(value >= YEAR || looksLikeMilliseconds(value))) {
    return [];
  }
  const finding = warning(`is ${Math.floor(value / DAY)} days: it counts seconds, and looks like milliseconds`, {
    received: String(value),
    allowed: `${Math.round(value / 1000)} for as many milliseconds`,
  });
  return [{ path, part: "value", finding }];
}
