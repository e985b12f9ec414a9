import { constants } from "node:fs";
import type { FileEntryWithStats, Stats } from "ssh2";
import { remoteFailure, sftpStatus } from "./remote-failure";
import type { RemoteSession } from "./remote-session";

/** A listing's output file, as in the Transfer Family user guide; there `truncated` is a string, in the API model a boolean. */
export interface ListingDocument {
  readonly files: readonly ListedFile[];
  readonly paths: readonly { readonly path: string }[];
  readonly truncated: "true" | "false" | boolean;
}

export interface ListedFile {
  readonly filePath: string;
  /** Whole seconds, UTC: `2024-01-30T20:34:54Z`. Left out where the server does not say. */
  readonly modifiedTimestamp?: string;
  /** Bytes. Left out where the server does not say. */
  readonly size?: number;
}

type Kind = "file" | "folder" | "link" | "other" | "unknown";
/** Servers may leave attributes out, whatever the declared types say. */
type Attributes = Partial<Pick<Stats, "mode" | "size" | "mtime">>;

/** SFTP's file types are those of POSIX `st_mode`. */
const KIND_OF_MODE: Readonly<Record<number, Kind>> = {
  [constants.S_IFREG]: "file",
  [constants.S_IFDIR]: "folder",
  [constants.S_IFLNK]: "link",
};
const KIND_OF_LONG_NAME: Readonly<Record<string, Kind>> = { "-": "file", d: "folder", l: "link" };

function kindOf({ mode }: Attributes, longName: string): Kind {
  const type = (mode ?? 0) & constants.S_IFMT;
  if (type !== 0) {
    return KIND_OF_MODE[type] ?? "other";
  }
  return KIND_OF_LONG_NAME[longName.charAt(0)] ?? "unknown";
}

const join = (folder: string, name: string) => (folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`);

function listedFile(filePath: string, { size, mtime }: Attributes): ListedFile {
  return {
    filePath,
    ...(mtime === undefined ? {} : { modifiedTimestamp: `${new Date(mtime * 1000).toISOString().slice(0, 19)}Z` }),
    ...(size === undefined ? {} : { size }),
  };
}

/**
 * What an entry is in the end. AWS does not say what a connector makes of symbolic links; here they are followed, since a
 * file or folder behind one can be transferred or listed like any other. One that leads nowhere, and devices, sockets and
 * pipes, are not listed.
 */
async function resolve(
  session: RemoteSession,
  path: string,
  entry: FileEntryWithStats,
): Promise<{ kind: Kind; attributes: Attributes }> {
  const kind = kindOf(entry.attrs, entry.longname);
  if (kind !== "link" && kind !== "unknown") {
    return { kind, attributes: entry.attrs };
  }
  try {
    const attributes: Attributes = await session.stat(path);
    const target = kindOf(attributes, "");
    return { kind: target === "unknown" ? "file" : target, attributes };
  } catch (error) {
    if (sftpStatus(error) === undefined) {
      throw error;
    }
    return { kind: kind === "unknown" ? "file" : "other", attributes: entry.attrs };
  }
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
  try {
    const handle = await session.openFolder(folder);
    try {
      for (let batch = await session.readFolder(handle); batch; batch = await session.readFolder(handle)) {
        for (const entry of batch) {
          const path = join(folder, entry.filename);
          const { kind, attributes } = await resolve(session, path, entry);
          if (kind === "other") {
            continue;
          }
          if (files.length + paths.length === maxItems) {
            return { files, paths, truncated: "true" };
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
  return { files, paths, truncated: "false" };
}
