import { didYouMean } from "./nearest-name";
import { error, type Finding, type Parsed, warning } from "./problem";
import { describeReceived } from "./received";

/** Replaced by the run's date in UTC, with as many digits as are given here. */
export const FOLDER_TAGS: Readonly<Record<string, number>> = { "%year%": 4, "%month%": 2, "%day%": 2 };

/** Levels below Folder; the end of a symlink loop, not of a real tree. */
export const DEFAULT_MAX_DEPTH = 100;

const TAGS = Object.keys(FOLDER_TAGS);

const TAG = /%[A-Za-z]+%/g;

/** `Folder` without a slash at its end. */
export function parseFolder(text: string): Parsed<string> {
  const refuse = (message: string, allowed: string): Finding =>
    error(message, { received: describeReceived(text), allowed });
  const collapsed = text.replace(/\/{2,}/g, "/");
  const value = collapsed === "/" ? "/" : collapsed.replace(/\/$/, "");
  const unknownTags = (value.match(TAG) ?? []).filter((tag) => !Object.hasOwn(FOLDER_TAGS, tag));
  const errors = [
    ...(text.startsWith("/") ? [] : [refuse("is not absolute", "a path that begins with /")]),
    ...(value.split("/").some((part) => part === "." || part === "..")
      ? [refuse("has a part . or ..", "the folder's real path")]
      : []),
    ...(/\p{Cc}/u.test(value) ? [refuse("has a control character", "one line of printable text")] : []),
    ...unknownTags.map((tag) => refuse(`has the unknown tag ${tag}${didYouMean(tag, TAGS)}`, TAGS.join(", "))),
  ];
  if (errors.length > 0) {
    return { findings: errors };
  }
  const warnings =
    value === text
      ? []
      : [
          warning("superfluous slashes were removed", {
            received: describeReceived(text),
            allowed: JSON.stringify(value),
          }),
        ];
  return { value, findings: warnings };
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
  return { value: text, findings: [] };
}
