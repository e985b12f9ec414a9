import picomatch from "picomatch";
import { error, type Parsed } from "../problems/problem";
import { describeReceived } from "../problems/received";

/** A glob of `Include` or `Exclude`. */
export function parseGlob(text: string): Parsed<string> {
  const refuse = (message: string, allowed: string): Parsed<string> => ({
    findings: [error(message, { received: describeReceived(text), allowed })],
  });
  if (text.trim() === "") {
    return refuse("is empty", "a glob such as **/*.csv");
  }
  if (text.startsWith("/")) {
    return refuse("begins with a slash", "a glob relative to Folder");
  }
  if (/^!(?!\()/.test(text)) {
    return refuse("begins with !", "a glob without !; what is not wanted goes into Exclude");
  }
  if (text.endsWith("/")) {
    return refuse("ends with a slash, and matches no file", `${text}** for everything below the folder`);
  }
  if (text.split("/").some((part) => ["", ".", ".."].includes(part))) {
    return refuse("has an empty part, . or .., and matches no file", "a glob relative to Folder");
  }
  return isWellFormed(text)
    ? { value: text, findings: [] }
    : refuse("is not a well-formed glob", "brackets in pairs; \\ before a character that stands for itself");
}

/** What the library cannot read it takes for plain text, unless it is told to be strict. */
function isWellFormed(glob: string): boolean {
  try {
    picomatch.makeRe(glob, { dot: true, debug: true, strictBrackets: true });
    return true;
  } catch {
    return false;
  }
}
