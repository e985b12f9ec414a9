import picomatch from "picomatch";
import { UNPRINTABLE } from "../../contract/file-place";
import { GLOB_SIZE, isReadableGlob } from "../../contract/glob-size";
import { error, type Finding, type Parsed, warning } from "../problems/problem";
import { describeName, describeReceived } from "../problems/received";
import { blanksAtEnds, oddCharacterWarnings } from "./odd-characters";

/** A glob of `Include` or `Exclude`. */
export function parseGlob(text: string): Parsed<string> {
  const refuse = (message: string, allowed: string): Parsed<string> => ({
    findings: [error(message, { received: describeReceived(text), allowed })],
  });
  if (!isReadableGlob(text)) {
    return refuse("is too long, or nested too deep", `a glob of ${GLOB_SIZE}`);
  }
  if (text.trim() === "") {
    return refuse("is empty", "a glob such as **/*.csv");
  }
  if (UNPRINTABLE.test(text)) {
    return refuse("has a control character or a line break", "printable text; ? stands for any one character");
  }
  if (text.startsWith("/")) {
    return refuse("begins with a slash", "a glob relative to Folder");
  }
  if (/^!(?!\()/.test(text)) {
    return refuse("begins with !", "a glob without !; what is not wanted goes into Exclude");
  }
  if (text.endsWith("/")) {
    return refuse("ends with a slash, and matches no file", `${describeName(text)}** for everything below the folder`);
  }
  if (text.split("/").some((part) => ["", ".", ".."].includes(part))) {
    return refuse("has an empty part, . or .., and matches no file", "a glob relative to Folder");
  }
  if (/\(\?<|\\[0-9bB]/.test(text)) {
    return refuse("contains regular-expression syntax", "a glob; letters and digits stand for themselves, without \\");
  }
  if (/\{[^{},]*\.\.[^{},]*\}/.test(text)) {
    return refuse(
      "has a range in braces, which stands for none here",
      "[0-9] for one digit, or a list such as {08,09,10}",
    );
  }
  return isWellFormed(text)
    ? { value: text, findings: [...doubts(text), ...blanksAtEnds(text), ...oddCharacterWarnings(text)] }
    : refuse("is not a well-formed glob", "brackets in pairs; \\ before a character that stands for itself");
}

/** What a glob may well say, and was hardly meant to. The first that fits is enough. */
const DOUBTS: readonly { readonly sign: RegExp; readonly message: string; readonly allowed: string }[] = [
  {
    sign: /%(year|month|day)%/i,
    message: "has a tag, which stands for a date in Folder only",
    allowed: "a glob such as 2026-*/**",
  },
  {
    sign: /^\^|\$$|\.[*+][^/]*\\|\\\.[^/]*\$?$/,
    message: "looks like a regular expression",
    allowed: "a glob: * is any text without a slash, ** any folders, ? one character",
  },
  {
    sign: /^[^{]*([,;]\s*(\*|[^,;{}]*\.[a-z0-9]+$)|[^\s,;][,;][^\s,;])/i,
    message: "looks like a list; a comma or semicolon is part of the name",
    allowed: "one glob for each entry, or {a,b}",
  },
  {
    sign: /(^|[^\\])\{[^{},]*\}/,
    message: "has braces around one text, which stand for themselves",
    allowed: "the text without braces, or a list such as {csv,txt}",
  },
  {
    sign: /\{[^{}]*(,\s|\s,)[^{}]*\}/,
    message: "has blanks beside a comma in braces, which are part of the name",
    allowed: "{csv,txt}",
  },
  {
    sign: /(^|[^?*+@!\\])\((?![^)]*\|)/,
    message: "has round brackets, which group here and stand for nothing in a name",
    allowed: "\\( and \\) for brackets in a name",
  },
];

function doubts(glob: string): Finding[] {
  const doubt = DOUBTS.find(({ sign }) => sign.test(glob));
  return doubt === undefined
    ? []
    : [warning(doubt.message, { received: describeReceived(glob), allowed: doubt.allowed })];
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
