import type { FailureCause, FailureKind } from "./failure";

/** A failure of a file or folder in the service's own words. */
export interface ServiceFailure {
  readonly path: string;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** Codes of the user guide (SFTP connector events) that say what it was; no message says it better. */
const KIND_OF_CODE: ReadonlyMap<string, FailureKind> = new Map([
  ["CONNECTION_ERROR", "connection"],
  ["TIMEOUT_ERROR", "connection"],
  // Of the local connector only: the file goes on far beyond its listed size.
  ["SIZE_EXCEEDED", "not-as-listed"],
]);

/** Speaks of a file or folder: a host or a key that is not found is another matter. */
const NOT_FOUND =
  /(file|directory|folder|path)s?[_ ]?(was |is )?not[_ ]?found|no[_ ]?such[_ ]?(file|directory|folder|path)|(file|directory|folder|path) does not exist/i;

const CONNECTION = /connect|timed?[_ ]?out|unreachable/i;

const NOT_PERMITTED = /permission|access[_ ]?denied|not[_ ]authori[sz]ed|forbidden/i;

/**
 * Gives a failure that the service tells its kind, once, where it comes in: from here on nobody reads texts. The user guide
 * documents few codes, and none of failed listings, so the code and the message are both searched; the message without the
 * path, which is the partner's to choose.
 */
export function remoteFailure({ path, code, message }: ServiceFailure): FailureCause {
  const detail = [code, message].filter((part) => part !== undefined).join(": ");
  return { kind: kindOf(path, code ?? "", message ?? ""), detail };
}

/** Whether trying it again in the same run may help. What nobody knows is tried: at worst that costs a call. */
export function mayPass(kind: FailureKind): boolean {
  return kind === "connection" || kind === "other";
}

function kindOf(path: string, code: string, message: string): FailureKind {
  const known = KIND_OF_CODE.get(code);
  if (known !== undefined) {
    return known;
  }
  if (NOT_FOUND.test(code)) {
    return "not-found";
  }
  // A server that hides what may not be read says both: then the file is there.
  const text = `${code} ${withoutPath(message, path)}`;
  if (NOT_PERMITTED.test(text)) {
    return "not-permitted";
  }
  if (NOT_FOUND.test(text)) {
    return "not-found";
  }
  return CONNECTION.test(code) ? "connection" : "other";
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
