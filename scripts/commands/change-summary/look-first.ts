import { count } from "../figures";
import type { ChangeSummary } from "./change-summary";
import type { ServerChange } from "./changes";
import { code } from "./code";
import type { OtherFile } from "./other-files";

/** Names that a line has; the others are counted. */
const MOST_NAMES = 30;

/** What a reviewer must not miss, on top: however long the rest is, and wherever it is cut, this stands. */
export function lookFirst({ changes, files }: ChangeSummary): string[] {
  const servers = (test: (change: ServerChange) => boolean) => changes.filter(test).map(({ server }) => server);
  const ofKind = (wanted: OtherFile["kind"]) =>
    files
      .filter(({ kind, isRemoved }) => kind === wanted && !(isRemoved && wanted === "unseen"))
      .map(({ file }) => file);
  const lines = [
    line(
      "**Run or believed as they are, and no part of any commit. Run nothing in a checkout of this branch**",
      ofKind("unseen"),
    ),
    line("Files that programs obey without being told to", ofKind("hidden")),
    line("Code and other files, which are reviewed as code", ofKind("other")),
    line("Credentials go to another place, or to one with other keys", servers(goesElsewhere)),
    line(
      "May write the same keys as other syncs now",
      servers(({ overlapping }) => overlapping.length > 0),
    ),
    line(
      "Not valid now",
      servers(({ kind }) => kind === "not valid"),
    ),
    line(
      "Removed, while their stacks stay",
      servers(({ kind }) => kind === "removed"),
    ),
  ].flat();
  return lines.length === 0 ? [] : [`### Look at this first\n\n${lines.join("\n")}`];
}

/** Whether the credentials of a server that there was are sent where they were not sent before. */
export const goesElsewhere = ({ kind, fields }: ServerChange): boolean =>
  kind === "changed" && fields.some(({ field }) => field === "Url" || field === "PublicKey");

function line(what: string, names: readonly string[]): string[] {
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).map(code).join(", ");
  return names.length === 0 ? [] : [`- ${what}: ${shown}${more > 0 ? `, and ${count(more, "other")}` : ""}`];
}
