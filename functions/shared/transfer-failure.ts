import type { FileResult } from "./services";

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

export function failureKind({ failureCode, failureMessage }: FileResult): FailureKind {
  const text = `${failureCode ?? ""} ${failureMessage ?? ""}`;
  if (NOT_FOUND.test(text)) {
    return "vanished";
  }
  return PERMANENT.test(text) ? "permanent" : "retryable";
}

/** Whether a failed listing says that the folder is not there. The event's codes are documented nowhere. */
export function isMissingFolder(code: string | undefined, message: string | undefined): boolean {
  return NOT_FOUND.test(`${code ?? ""} ${message ?? ""}`);
}
