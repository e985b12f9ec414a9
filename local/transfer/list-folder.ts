import { type Attributes, resolveEntry } from "./entry-kind";
import { openFolder } from "./open-folder";
import { remoteFailure } from "./remote-failure";
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

function besides(others: readonly { readonly path: string }[]): Pick<ListingDocument, "others"> {
  return others.length === 0 ? {} : { others };
}

/**
 * Lists one level of a remote folder, hidden files too, in the server's order, until `maxItems` files and folders are found.
 * Names that are not UTF-8 are listed with replacement characters: left out, they would be missing without a word, so
 * they fail when they are transferred.
 * @throws RemoteFailure
 */
export async function listFolder(session: RemoteSession, folder: string, maxItems: number): Promise<ListingDocument> {
  const files: ListedFile[] = [];
  const paths: { path: string }[] = [];
  const others: { path: string }[] = [];
  try {
    const handle = await openFolder(session, folder);
    try {
      for (let batch = await session.readFolder(handle); batch; batch = await session.readFolder(handle)) {
        for (const entry of batch) {
          const path = join(folder, entry.filename);
          const { kind, attributes } = await resolveEntry(session, path, entry);
          if (kind === "other") {
            others.push({ path });
            continue;
          }
          if (files.length + paths.length === maxItems) {
            return { files, paths, ...besides(others), truncated: "true" };
          }
          if (kind === "folder") {
            paths.push({ path });
          } else {
            files.push(listedFile(path, attributes));
          }
        }
      }
    } finally {
      await session.closeHandle(handle);
    }
  } catch (error) {
    throw remoteFailure(error, folder, "DIRECTORY_NOT_FOUND", "LIST_DIRECTORY_ERROR");
  }
  return { files, paths, ...besides(others), truncated: "false" };
}
