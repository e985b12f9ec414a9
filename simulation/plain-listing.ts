import type { Snapshot } from "./remote-tree";

/** What a connector writes of a folder, as the user guide shows it. @param truncated what stands under that name. */
export function plainListing({ files, folders }: Snapshot, truncated: unknown): string {
  return JSON.stringify({
    files: [...files].map(([filePath, { size, modified }]) => ({ filePath, modifiedTimestamp: modified, size })),
    paths: folders.map((path) => ({ path })),
    truncated,
  });
}
