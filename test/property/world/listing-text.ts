import type { Snapshot, Version } from "./remote-tree";
import type { Dialect } from "./scenario";

/** Entries that have no business in a listing of any folder. */
const STRANGERS = ["/etc/passwd", "/data/../secret", "/data/./x", "/database/y", "/data/..", "relative", "/data//z/"];

export function withStrangers(snapshot: Snapshot): Snapshot {
  return { ...snapshot, strangers: STRANGERS.filter((path) => !isInside(snapshot.folder, path)) };
}

/** What a connector writes of a folder. */
export function listingText({ folder, files, folders, truncated, strangers }: Snapshot, dialect: Dialect): string {
  const itself = strangers.length > 0 ? [folder, `${folder}/`] : [];
  return JSON.stringify({
    files: [
      ...[...files].map(([filePath, version]) => ({ filePath, ...attributes(version, dialect) })),
      ...strangers.map((filePath) => ({ filePath, size: 1 })),
    ],
    paths: [...folders, ...strangers, ...itself].map((path) => ({ path })),
    truncated: flag(truncated, dialect),
  });
}

/** What is a stranger to one folder may be the child of another. */
function isInside(folder: string, path: string): boolean {
  return path === `${folder}/y`;
}

function attributes({ size, modified }: Version, { sizes, unknown }: Dialect) {
  const nothing = unknown === "null" ? null : undefined;
  const written = size !== undefined && sizes === "text" ? String(size) : size;
  return { size: written ?? nothing, modifiedTimestamp: modified ?? nothing };
}

function flag(truncated: boolean, dialect: Dialect): boolean | string | undefined {
  if (dialect.truncated === "text") {
    return String(truncated);
  }
  return truncated || dialect.truncated === "boolean" ? truncated : undefined;
}
