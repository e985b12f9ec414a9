import type { FileResult } from "./ports/services";

/**
 * What a failed transfer means for the run. The user guide documents few codes, so the code and the message are both
 * searched: an unknown failure is retried, which at worst costs a call.
 */
export type FailureKind = "vanished" | "permanent" | "retryable";

/** Speaks of a file or folder: a host or a key that is not found is another matter. */
const NOT_FOUND =
  /(file|directory|folder|path)s?[_ ]?(was |is )?not[_ ]?found|no[_ ]?such[_ ]?(file|directory|folder|path)|(file|directory|folder|path) does not exist/i;

/** Set by the run itself: sending such a file again could copy it twice. */
export const TRANSFER_TIMED_OUT = "TRANSFER_TIMED_OUT";

const PERMANENT = /permission|access[_ ]?denied|not[_ ]authori[sz]ed|forbidden|^TRANSFER_TIMED_OUT/i;

/** Codes of the user guide (SFTP connector events) that say what it was; no message says it better. */
const RETRYABLE_CODES = ["CONNECTION_ERROR", "TIMEOUT_ERROR"];

/** By its code, and by its message without the path, which is the partner's to choose. */
export function failureKind({ path, failureCode = "", failureMessage = "" }: FileResult): FailureKind {
  if (RETRYABLE_CODES.includes(failureCode)) {
    return "retryable";
  }
  if (NOT_FOUND.test(failureCode)) {
    return "vanished";
  }
  // A server that hides what may not be read says both: then the file is there.
  const text = `${failureCode} ${withoutPath(failureMessage, path)}`;
  if (PERMANENT.test(text)) {
    return "permanent";
  }
  return NOT_FOUND.test(text) ? "vanished" : "retryable";
}

/** Whether a failed listing says that the folder is not there. The event's codes are documented nowhere. */
export function isMissingFolder(folder: string, code: string | undefined, message: string | undefined): boolean {
  return failureKind({ path: folder, status: "FAILED", failureCode: code, failureMessage: message }) === "vanished";
}

/** Names are the partner's: a folder called "not found" says nothing about a failure. */
function withoutPath(message: string, path: string): string {
  if (message.includes(path)) {
    return message.replaceAll(path, "");
  }
  const name = path.slice(path.lastIndexOf("/") + 1);
  const [before, after] = [message.lastIndexOf(name), message.lastIndexOf(name) + name.length];
  const stands = before >= 0 && !/\w$/.test(message.slice(0, before)) && !/^\w/.test(message.slice(after));
  return stands ? message.slice(0, before) + message.slice(after) : message;
}
