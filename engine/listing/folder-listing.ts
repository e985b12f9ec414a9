import type { SyncSetting } from "../../contract/sync-setting";
import { byUtf8 } from "../target/utf8-order";
import type { FileItem } from "../work/items";
import type { ListedFile, Listing } from "./listing-file";
import { placeIn } from "./remote-path";

/** What a listing says of its folder. */
export interface FolderListing {
  /** Every name once, in the order of S3 keys. */
  readonly files: readonly FileItem[];
  /** Names, every one once. A name may be a file's too: where objects stand for files, both can be there. */
  readonly folders: readonly string[];
  /** Names of what is neither. */
  readonly others: readonly string[];
  /** Entries that name no direct child: their paths, or what stands there instead of a path. */
  readonly strangers: { readonly files: readonly string[]; readonly folders: readonly string[] };
  readonly truncated: boolean;
}

/** Whether the folders in a folder are listed too. @param depth of the folder; 0: the sync's own. */
export function isFollowed({ RemoteFolders: { Recursive, MaxDepth } }: SyncSetting, depth: number): boolean {
  return Recursive && depth < MaxDepth;
}

/** How many entries a listing has, whatever they are. */
export function entriesOf({ files, folders, others, strangers }: FolderListing): number {
  return files.length + folders.length + others.length + strangers.files.length + strangers.folders.length;
}

/** @returns what names nothing of the folder, where no entry of the listing does and there are some. */
export function folderListing(folder: string, listing: Listing): FolderListing | { readonly foreign: string } {
  const { pathless, truncated } = listing;
  const paths = [...listing.files.map(({ path }) => path), ...listing.folders, ...listing.others];
  const place = placeIn(folder, paths);
  const files: FileItem[] = [];
  const folders = new Set<string>();
  const others = new Set<string>();
  const strangers = { files: [...pathless.files], folders: [...pathless.folders] };
  let hasOwn = false;
  for (const file of listing.files) {
    const placed = place(file.path);
    hasOwn ||= placed.kind !== "elsewhere";
    if (placed.kind === "child") {
      files.push(fileItem(placed.name, file));
    } else {
      strangers.files.push(file.path);
    }
  }
  for (const path of listing.folders) {
    const placed = place(path);
    hasOwn ||= placed.kind !== "elsewhere";
    if (placed.kind === "child") {
      folders.add(placed.name);
    } else if (placed.kind !== "itself") {
      strangers.folders.push(path);
    }
  }
  for (const path of listing.others) {
    const placed = place(path);
    hasOwn ||= placed.kind !== "elsewhere";
    if (placed.kind === "child") {
      others.add(placed.name);
    } else {
      strangers.files.push(path);
    }
  }
  const [foreign] = hasOwn ? [] : [...paths, ...strangers.files, ...strangers.folders];
  return foreign === undefined
    ? { files: everyNameOnce(files), folders: [...folders], others: [...others], strangers, truncated }
    : { foreign };
}

function fileItem(name: string, { size, modified }: ListedFile): FileItem {
  const item: FileItem = { name };
  if (size !== undefined) {
    item.size = size;
  }
  if (modified !== undefined) {
    item.modified = modified;
  }
  return item;
}

/**
 * In the order of S3 keys. A file that was replaced while its folder was read can be listed twice: whatever the order, the newer
 * state is meant, and of two that are alike the one that was listed last.
 */
function everyNameOnce(files: FileItem[]): FileItem[] {
  files.sort((one, other) => byUtf8(one.name, other.name) || compareStates(one, other));
  return files.filter(({ name }, index) => name !== files[index + 1]?.name);
}

function compareStates(one: FileItem, other: FileItem): number {
  return timeOf(one) - timeOf(other) || (one.size ?? -1) - (other.size ?? -1);
}

/** A number in any case: the difference of two infinities would be none. */
function timeOf({ modified }: Pick<ListedFile, "modified">): number {
  return modified === undefined ? -Number.MAX_VALUE : Date.parse(modified);
}
