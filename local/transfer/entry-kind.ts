import { constants } from "node:fs";
import type { FileEntryWithStats, Stats } from "ssh2";
import { SFTP_STATUS, sftpStatus } from "./remote-failure";
import type { RemoteSession } from "./remote-session";

type Kind = "file" | "folder" | "link" | "other" | "unknown";
/** Servers may leave attributes out, whatever the declared types say. */
export type Attributes = Partial<Pick<Stats, "mode" | "size" | "mtime">>;

/** SFTP's file types are those of POSIX `st_mode`. */
const KIND_OF_MODE: Readonly<Record<number, Kind>> = {
  [constants.S_IFREG]: "file",
  [constants.S_IFDIR]: "folder",
  [constants.S_IFLNK]: "link",
};
const KIND_OF_LONG_NAME: Readonly<Record<string, Kind>> = { "-": "file", d: "folder", l: "link" };

/** What attributes say, or else the first letter of a line as `ls -l` prints it. */
export function kindOf({ mode }: Attributes, longName: string): Kind {
  const type = (mode ?? 0) & constants.S_IFMT;
  if (type !== 0) {
    return KIND_OF_MODE[type] ?? "other";
  }
  return KIND_OF_LONG_NAME[longName.charAt(0)] ?? "unknown";
}

/** An entry whose links are followed. */
export interface ResolvedEntry {
  readonly kind: "file" | "folder" | "other";
  readonly attributes: Attributes;
}

/**
 * What an entry is in the end. AWS does not say what a connector makes of symbolic links; here they are followed, since a
 * file or folder behind one can be transferred or listed like any other. One to something that this user may not see is listed
 * as a file, so that it fails by its name; one that leads nowhere, or in a circle, is neither file nor folder.
 */
export async function resolveEntry(
  session: RemoteSession,
  path: string,
  entry: FileEntryWithStats,
): Promise<ResolvedEntry> {
  const kind = kindOf(entry.attrs, entry.longname);
  if (kind !== "link" && kind !== "unknown") {
    return { kind, attributes: entry.attrs };
  }
  try {
    const attributes: Attributes = await session.stat(path);
    const target = kindOf(attributes, "");
    return {
      kind: target === "unknown" || target === "link" ? await kindByOpening(session, path) : target,
      attributes,
    };
  } catch (error) {
    const status = sftpStatus(error);
    if (status === undefined) {
      throw error;
    }
    if (kind === "unknown") {
      return { kind: await kindByOpening(session, path), attributes: entry.attrs };
    }
    // The size and time of a link are not those of what is behind it.
    return { kind: status === SFTP_STATUS.permissionDenied ? "file" : "other", attributes: {} };
  }
}

/** Servers that tell no types, as some on Windows do, still open only folders as folders. */
async function kindByOpening(session: RemoteSession, path: string): Promise<"file" | "folder"> {
  try {
    session.closeHandle(await session.openFolder(path));
    return "folder";
  } catch (error) {
    if (sftpStatus(error) === undefined) {
      throw error;
    }
    return "file";
  }
}
