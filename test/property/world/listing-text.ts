import type { Snapshot, Version } from "../../../simulation/remote-tree";
import type { Dialect } from "./scenario";

/** Entries that have no business in a listing of any folder, by what stands there instead of a path of it. */
const STRANGERS = [
  "/etc/passwd",
  "/data/../secret",
  "/data/./x",
  "/database/y",
  "/data/..",
  "other/relative",
  "/data//z/",
  5,
  null,
];

/** No entries at all. */
const ODD = [null, "text", [["nested"]]];

export function withStrangers(snapshot: Snapshot): Snapshot {
  const strangers = STRANGERS.filter((path) => !isInside(snapshot.folder, path));
  return { ...snapshot, strangers: [...strangers.map((path) => ({ filePath: path, path, size: 1 })), ...ODD] };
}

/** What a connector writes of a folder. */
export function listingText({ folder, files, folders, truncated, strangers }: Snapshot, dialect: Dialect): string {
  const itself = strangers.length > 0 ? [folder, `${folder}/`] : [];
  return JSON.stringify({
    files: [
      ...[...files].map(([path, version]) => ({ filePath: written(path, dialect), ...attributes(version, dialect) })),
      ...strangers,
    ],
    paths: [
      ...folders.map((path) => ({ path: written(path, dialect) })),
      ...strangers,
      ...itself.map((path) => ({ path })),
    ],
    truncated: flag(truncated, dialect),
  });
}

function written(path: string, { paths }: Dialect): string {
  return paths === "absolute" ? path : path.slice(paths === "bare" ? path.lastIndexOf("/") + 1 : 1);
}

/** What is a stranger to one folder may be the child of another. */
function isInside(folder: string, path: string | number | null): boolean {
  return path === `${folder}/y`;
}

function attributes({ size, modified }: Version, dialect: Dialect) {
  const nothing = { omitted: undefined, null: null, odd: { no: "value" } }[dialect.unknown];
  const sizeText = size !== undefined && dialect.sizes === "text" ? String(size) : size;
  return { size: sizeText ?? nothing, modifiedTimestamp: time(modified, dialect) ?? nothing };
}

function time(modified: string | undefined, { times }: Dialect): string | number | undefined {
  if (modified === undefined || times === "iso") {
    return modified;
  }
  const seconds = Date.parse(modified) / 1000;
  return times === "text" ? String(seconds) : seconds;
}

function flag(truncated: boolean, dialect: Dialect): boolean | string | undefined {
  if (dialect.truncated === "text") {
    return String(truncated);
  }
  return truncated || dialect.truncated === "boolean" ? truncated : undefined;
}
