import { kindOf } from "./entry-kind";
import { RemoteFailure, SFTP_STATUS, sftpStatus } from "./remote-failure";
import type { RemoteSession } from "./remote-session";

/**
 * Opens a folder. Some servers find it only with a slash at its end, and some answer a missing one with a failure that says
 * nothing: then its attributes tell.
 */
export async function openFolder(session: RemoteSession, folder: string): Promise<Buffer> {
  try {
    return await session.openFolder(folder);
  } catch (error) {
    const status = sftpStatus(error);
    if (status === undefined || status === SFTP_STATUS.permissionDenied) {
      throw error;
    }
    return (await openWithSlash(session, folder)) ?? Promise.reject(await explainUnopened(session, folder, error));
  }
}

async function openWithSlash(session: RemoteSession, folder: string): Promise<Buffer | undefined> {
  try {
    return folder.endsWith("/") ? undefined : await session.openFolder(`${folder}/`);
  } catch (error) {
    if (sftpStatus(error) === undefined) {
      throw error;
    }
    return undefined;
  }
}

/** @returns what is wrong with a folder that cannot be opened, where more can be said than its server does. */
async function explainUnopened(session: RemoteSession, folder: string, error: unknown): Promise<unknown> {
  try {
    const kind = kindOf(await session.stat(folder), "");
    return kind === "file" ? new RemoteFailure("DIRECTORY_NOT_FOUND", `It is a file, not a folder: ${folder}`) : error;
  } catch (missing) {
    return sftpStatus(missing) === SFTP_STATUS.noSuchFile && !(await isThere(session, `${folder}/`)) ? missing : error;
  }
}

/** A server may know a folder only with a slash at its end, and fail to open it for another reason. */
async function isThere(session: RemoteSession, path: string): Promise<boolean> {
  try {
    await session.stat(path);
    return true;
  } catch (error) {
    if (sftpStatus(error) === undefined) {
      throw error;
    }
    return false;
  }
}
