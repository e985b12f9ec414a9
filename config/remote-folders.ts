import picomatch from "picomatch";
import { didYouMean, nearestName } from "./nearest-name";
import { hasSupportedCharacters } from "./path-limits";
import { error, type Finding, type Parsed, warning } from "./problem";
import { describeReceived } from "./received";

/** Replaced by the run's date in UTC, with as many digits as are given here. */
export const FOLDER_TAGS: Readonly<Record<string, number>> = { "%year%": 4, "%month%": 2, "%day%": 2 };

/** Levels below Folder; the end of a symlink loop, not of a real tree. */
export const DEFAULT_MAX_DEPTH = 100;

const TAGS = Object.keys(FOLDER_TAGS);

const TAG = /%[A-Za-z]+%/g;

/** Other words in percent signs, a tag with one of them or with spaces, and how other programs write a date. */
const LOOKALIKE = /%[a-z]+%|%\s*(year|month|day)|%[ymd](?![a-z])/i;

/** `Folder` without a slash at its end. */
export function parseFolder(text: string): Parsed<string> {
  const refuse = (message: string, allowed: string): Finding =>
    error(message, { received: describeReceived(text), allowed });
  const collapsed = text.replace(/\/{2,}/g, "/");
  const value = collapsed === "/" ? "/" : collapsed.replace(/\/$/, "");
  const errors = [
    ...(text.startsWith("/") ? [] : [refuse("is not absolute", "a path that begins with /")]),
    ...(value.split("/").some((part) => part === "." || part === "..")
      ? [refuse("has a part . or ..", "the folder's real path")]
      : []),
    ...(/\p{Cc}/u.test(value) || !hasSupportedCharacters(value)
      ? [refuse("has a line break or a control character", "one line of printable text")]
      : []),
    ...misspeltTags(value).map((tag) => refuse(`has the unknown tag ${tag}${didYouMean(tag, TAGS)}`, TAGS.join(", "))),
  ];
  if (errors.length > 0) {
    return { findings: errors };
  }
  const received = describeReceived(text);
  const slashes = warning("superfluous slashes were removed", { received, allowed: JSON.stringify(value) });
  const literal = warning("has a % that belongs to no tag, and stays as it is", { received, allowed: TAGS.join(", ") });
  const hasLookalike = LOOKALIKE.test(value.replace(TAG, (tag) => (Object.hasOwn(FOLDER_TAGS, tag) ? "" : tag)));
  return { value, findings: [...(value === text ? [] : [slashes]), ...(hasLookalike ? [literal] : [])] };
}

/** `%YEAR%`, but not `%off%`: a folder's name may well have percent signs. */
function misspeltTags(folder: string): string[] {
  return (folder.match(TAG) ?? []).filter(
    (tag) => !Object.hasOwn(FOLDER_TAGS, tag) && nearestName(tag, TAGS) !== undefined,
  );
}

/** A folder's date with its tags in their place, for whatever counts characters. */
export function withTagsAsDigits(folder: string): string {
  return folder.replace(TAG, (tag) => "0".repeat(FOLDER_TAGS[tag] ?? tag.length));
}

export function hasDateTags(folder: string): boolean {
  return TAGS.some((tag) => folder.includes(tag));
}

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
