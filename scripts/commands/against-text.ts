import { printable } from "../../contract/printable";
import type { GlobMatches, LeftOut, LeftOutReason, SyncAgainst } from "./against";
import { count } from "./figures";

/** Paths of one kind that are shown; `--json` has them all. */
const MAX_PATHS = 20;

/** Why a sync leaves a path out, for people. */
export const WHY: Readonly<Record<LeftOutReason, string>> = {
  include: "no glob of Include takes it",
  exclude: "Exclude",
  depth: "deeper than Recursive and MaxDepth go",
  elsewhere: "not in Folder",
  name: "cannot be copied under its name",
};

/** What a person reads of paths that were held against syncs. */
export function againstText(syncs: readonly SyncAgainst[]): string {
  return syncs.map(syncText).join("\n\n");
}

function syncText({ server, sync, taken, leftOut, include, exclude }: SyncAgainst): string {
  return [
    `${server} / ${sync}: takes ${taken.length} of ${count(taken.length + leftOut.length, "path")}`,
    ...include.map((glob) => globText("Include", glob)),
    ...exclude.map((glob) => globText("Exclude", glob)),
    ...shown("takes", taken, (path) => path),
    ...shown("leaves", leftOut, leftOutText),
  ]
    .map(printable)
    .join("\n");
}

function globText(field: string, { glob, matches }: GlobMatches): string {
  return `  ${field} ${JSON.stringify(glob)}: ${matches === 0 ? "takes none of them" : `takes ${matches}`}`;
}

function leftOutText({ path, reason, globs = [] }: LeftOut): string {
  const which = globs.length === 0 ? "" : ` ${globs.map((glob) => JSON.stringify(glob)).join(", ")}`;
  return `${path}  (${WHY[reason]}${which})`;
}

function shown<T>(verb: string, entries: readonly T[], text: (entry: T) => string): string[] {
  const more = entries.length - MAX_PATHS;
  return [
    ...entries.slice(0, MAX_PATHS).map((entry) => `  ${verb} ${text(entry)}`),
    ...(more > 0 ? [`  ${verb} ${more} more; --json names them all`] : []),
  ];
}
