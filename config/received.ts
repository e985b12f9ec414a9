const LONGEST_SHOWN = 80;

/** Texts that may hold a credential: private keys, and `user:password@host`. */
const SECRET = /PRIVATE KEY|\/\/[^/\s]*@|^[^/\s]*:[^/\s]*@/;

/** A received value in a form that is safe to print: short, on one line, and never a credential. */
export function describeReceived(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === "string") {
    return describeText(value);
  }
  if (Array.isArray(value)) {
    return "a list";
  }
  if (typeof value === "object" && value !== null) {
    return "a map";
  }
  return String(value);
}

function describeText(text: string): string | undefined {
  if (SECRET.test(text)) {
    return undefined;
  }
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 3)}...` : text;
  return JSON.stringify(shown);
}
