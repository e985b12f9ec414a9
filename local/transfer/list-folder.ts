import { type Attributes, type ResolvedEntry, resolveEntry } from "./entry-kind";
import { openFolder } from "./open-folder";
import { RemoteFailure, remoteFailure } from "./remote-failure";
import type { RemoteSession } from "./remote-session";

/** A listing's output file, as in the Transfer Family user guide; there `truncated` is a string, in the API model a boolean. */
export interface ListingDocument {
  readonly files: readonly ListedFile[];
  readonly paths: readonly { readonly path: string }[];
  /** Pipes, sockets, devices, and links that lead nowhere. The documentation has no place for them; absent where there are none. */
  readonly others?: readonly { readonly path: string }[];
  readonly truncated: "true" | "false" | boolean;
}

export interface ListedFile {
  readonly filePath: string;
  /** Whole seconds, UTC: `2024-01-30T20:34:54Z`. Left out where the server does not say. */
  readonly modifiedTimestamp?: string;
  /** Bytes. Left out where the server does not say. */
  readonly size?: number;
}

const join = (folder: string, name: string) => (folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`);

function listedFile(filePath: string, { size, mtime }: Attributes): ListedFile {
  return {
    filePath,
    ...(mtime === undefined ? {} : { modifiedTimestamp: `${new Date(mtime * 1000).toISOString().slice(0, 19)}Z` }),
    ...(size === undefined ? {} : { size }),
  };
}

/** The longest path that StartFileTransfer and StartDirectoryListing take, in characters: on average an entry may have as many. */
const CHARACTERS_PER_ITEM = 1024;

/** Answers in a row without an entry: a server that gives more goes round in a circle. */
const MOST_EMPTY_ANSWERS = 100;

/** What is listed of one folder, as long as there is room. */
class FolderEntries {
  private readonly files: ListedFile[] = [];
  private readonly paths: { path: string }[] = [];
  private readonly others: { path: string }[] = [];
  private characters = 0;

  constructor(private readonly maxItems: number) {}

  /** @returns whether there was room for it. */
  add(path: string, { kind, attributes }: ResolvedEntry): boolean {
    const count = kind === "other" ? this.others.length : this.files.length + this.paths.length;
    this.characters += path.length;
    if (count === this.maxItems || this.characters > this.maxItems * CHARACTERS_PER_ITEM) {
      return false;
    }
    if (kind === "other") {
      this.others.push({ path });
    } else if (kind === "folder") {
      this.paths.push({ path });
    } else {
      this.files.push(listedFile(path, attributes));
    }
    return true;
  }

  document(truncated: "true" | "false"): ListingDocument {
    const { files, paths, others } = this;
    return { files, paths, ...(others.length === 0 ? {} : { others }), truncated };
  }
}

/**
 * Lists one level of a remote folder, hidden files too, in the server's order, until `maxItems` files and folders are found, as many
 * entries of other kinds, or more names than so many entries can have. Names that are not UTF-8 are listed with replacement
 * characters: left out, they would be missing without a word, so they fail when they are transferred.
 * @throws RemoteFailure
 */
export async function listFolder(session: RemoteSession, folder: string, maxItems: number): Promise<ListingDocument> {
  const entries = new FolderEntries(maxItems);
  let emptyAnswers = 0;
  try {
    const handle = await openFolder(session, folder);
    try {
      for (let batch = await session.readFolder(handle); batch; batch = await session.readFolder(handle)) {
        for (const entry of batch) {
          const path = join(folder, entry.filename);
          if (!entries.add(path, await resolveEntry(session, path, entry))) {
            return entries.document("true");
          }
        }
        emptyAnswers = batch.length === 0 ? emptyAnswers + 1 : 0;
        if (emptyAnswers > MOST_EMPTY_ANSWERS) {
          throw new RemoteFailure(
            "LIST_DIRECTORY_ERROR",
            `The server goes on listing without naming anything: ${folder}`,
          );
        }
      }
    } finally {
      session.closeHandle(handle);
    }
  } catch (error) {
    throw remoteFailure(error, folder, "DIRECTORY_NOT_FOUND", "LIST_DIRECTORY_ERROR");
  }
  return entries.document("false");
}
