import { oneLine } from "../../contract/printable";

/**
 * Why a listing or a file failed. The codes are those of the Transfer Family user guide (SFTP connector events), but for two
 * that only this local service has. `TRANSFER_INTERRUPTED`: it stopped before the file was done. `SIZE_EXCEEDED`: there was no end
 * to the file.
 */
export const FAILURE_CODES = [
  "CONNECTION_ERROR",
  "TIMEOUT_ERROR",
  "DIRECTORY_NOT_FOUND",
  "LIST_DIRECTORY_ERROR",
  "RETRIEVE_FILE_NOT_FOUND",
  "READ_FILE_ERROR",
  "WRITE_FILE_ERROR",
  "INTERNAL_ERROR",
  "TRANSFER_INTERRUPTED",
  "SIZE_EXCEEDED",
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

/** Characters of a message. A server's words are shorter where they come in; names and hints are added to them. */
const MOST_CHARACTERS = 4000;

/** Characters of a server's own words in one. */
const MOST_WORDS = 500;

/** What the remote server, the way to it, or the store answered; the message is written for the person who must mend it. */
export class RemoteFailure extends Error {
  override readonly name = "RemoteFailure";

  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message.slice(0, MOST_CHARACTERS), options);
  }
}

/** SFTP status codes (draft-ietf-secsh-filexfer-02, section 7). */
export const SFTP_STATUS = { eof: 1, noSuchFile: 2, permissionDenied: 3, failure: 4 } as const;

const STATUS_TEXT: Readonly<Record<number, string>> = {
  [SFTP_STATUS.noSuchFile]: "No such file or directory",
  [SFTP_STATUS.permissionDenied]: "Permission denied",
};

/** The SFTP status that an error carries; `undefined` where it is not the server's answer. */
export function sftpStatus(error: unknown): number | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : undefined;
}

/**
 * Names an error of an SFTP operation.
 * @param notFound - the code for a path that is not there
 * @param otherwise - the code for any other answer of the server
 */
export function remoteFailure(
  error: unknown,
  path: string,
  notFound: FailureCode,
  otherwise: FailureCode,
): RemoteFailure {
  if (error instanceof RemoteFailure) {
    return error;
  }
  const status = sftpStatus(error);
  const message = oneLine(error instanceof Error ? error.message : String(error), MOST_WORDS);
  if (status === undefined) {
    return new RemoteFailure("CONNECTION_ERROR", `The connection was lost: ${message}`, { cause: error });
  }
  const hint = path.includes("\uFFFD") ? " (the name is not UTF-8, and cannot be asked for as it was listed)" : "";
  return new RemoteFailure(
    status === SFTP_STATUS.noSuchFile ? notFound : otherwise,
    `${STATUS_TEXT[status] ?? message}: ${path}${hint}`,
    { cause: error },
  );
}
