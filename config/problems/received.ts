const LONGEST_SHOWN = 80;

const PRIVATE_KEY = /PRIVATE KEY|PuTTY-User-Key/;

/** In one word, from its first colon: a colon tried after the other would take the square of a word's length. */
const USER_AND_PASSWORD = /^[^:]*:.*(@|%40)/s;

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
    return holdsSecret(value) ? undefined : onOneLine(JSON.stringify(shorten(value)));
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
  const isSecret = holdsSecret(name) || (isCredentialName(name) && !/^[\w.-]+$/.test(name));
  return isSecret ? (/^\w+/.exec(name)?.[0] ?? "(not shown)") : onOneLine(shorten(name));
}

/** Whether somebody who chooses this key means to put a credential under it. */
export function isCredentialName(key: string): boolean {
  return CREDENTIAL_NAME.test(key);
}

/** Whether a text may hold a credential: a private key, or `user:password@host`, also with an encoded @. */
function holdsSecret(text: string): boolean {
  return PRIVATE_KEY.test(text) || text.split(/\s/).some((word) => USER_AND_PASSWORD.test(word));
}

/**
 * Text in which whatever would break the line is escaped.
 * @param escaped what stands for a character, by the digits of its code in hexadecimal.
 */
export function onOneLine(text: string, escaped: (digits: string) => string = (digits) => `\\u{${digits}}`): string {
  return text.replace(UNPRINTABLE, (character) => escaped(character.codePointAt(0)?.toString(16) ?? ""));
}

function shorten(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 3)}...` : text;
}
