const LONGEST_SHOWN = 80;

const PRIVATE_KEY = /PRIVATE KEY|PuTTY-User-Key/;

/** What people call the keys under which they put credentials. */
const CREDENTIAL_NAME = /pass(word|phrase)|pwd|user(name)?$|secret|private.?key|credential/i;

/** Whatever would break a line or change how it is shown: controls, direction marks, what has no width, half a letter. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A received value in a form that is safe to print: short, on one line, and never a credential. */
export function describeReceived(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === "string") {
    return mayHoldSecret(value) ? undefined : onOneLine(JSON.stringify(shorten(value)));
  }
  if (Array.isArray(value)) {
    return "a list";
  }
  if (typeof value === "object" && value !== null) {
    return "a map";
  }
  return String(value);
}

/** The same for a word of the file that stands in a message: of one that holds a credential no more than its beginning. */
export function describeName(name: string): string {
  const holdsSecret = mayHoldSecret(name) || (isCredentialName(name) && !/^[\w.-]+$/.test(name));
  return holdsSecret ? (/^\w+/.exec(name)?.[0] ?? "(not shown)") : onOneLine(shorten(name));
}

/** Texts that may hold a credential: private keys, and `user:password@host`, also with an encoded @. */
function mayHoldSecret(text: string): boolean {
  return (
    PRIVATE_KEY.test(text) ||
    text.split(/\s+/).some((word) => /@|%40/.test(word.slice(word.indexOf(":") + 1 || word.length)))
  );
}

/** Whether somebody who chooses this key means to put a credential under it. */
export function isCredentialName(key: string): boolean {
  return CREDENTIAL_NAME.test(key);
}

/** Text in which whatever would break the line is escaped. */
export function onOneLine(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

function shorten(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 3)}...` : text;
}
