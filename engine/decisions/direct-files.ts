import type { Listing } from "../listing/listing-file";
import { childName } from "../listing/remote-path";
import { byUtf8 } from "../target/target-objects";
import type { FileItem } from "../work/items";

export interface DirectFiles {
  /** Every file once, in the order of S3 keys. */
  readonly files: readonly FileItem[];
  /** Paths of entries that are no direct child of the folder. */
  readonly strangers: readonly string[];
}

/** The files that a listing of a folder may speak of. */
export function directFiles(folder: string, listing: Listing): DirectFiles {
  const byName = new Map<string, FileItem>();
  const strangers: string[] = [];
  for (const { path, ...attributes } of listing.files) {
    const name = childName(folder, path);
    if (name === undefined) {
      strangers.push(path);
    } else {
      byName.set(name, { name, ...attributes });
    }
  }
  return { files: [...byName.values()].sort((a, b) => byUtf8(a.name, b.name)), strangers };
}
