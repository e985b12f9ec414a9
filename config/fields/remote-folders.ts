import { hasRoomForFiles, REPLACEMENT_CHARACTER, ROOM, UNPRINTABLE } from "../../contract/file-place";
import { FOLDER_TAGS, TAGS, withDigitsForTags } from "../../contract/folder-tags";
import { didYouMean, nearestName } from "../problems/nearest-name";
import { error, type Finding, type Parsed, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";
import { blanksAtEnds, oddCharacterWarnings } from "./odd-characters";
import { patternWarnings, templateWarnings } from "./template-signs";

const TAG = /%[A-Za-z]+%/g;

/** Other words in percent signs, a tag with one of them or with spaces, and how other programs write a date. */
const LOOKALIKE = /%[a-z]+%|%\s*(year|month|day)|%[ymd](?![a-z])/i;

/** `Folder` without a slash at its end. */
export function parseFolder(text: string): Parsed<string> {
  const received = describeReceived(text);
  const refuse = (message: string, allowed: string): Finding => error(message, { received, allowed });
  const collapsed = text.replace(/\/{2,}/g, "/");
  const value = collapsed === "/" ? "/" : collapsed.replace(/\/$/, "");
  const errors = [
    ...(text.startsWith("/") ? [] : [refuse("is not absolute", "a path that begins with /")]),
    ...(value.split("/").some((part) => part === "." || part === "..")
      ? [refuse("has a part . or ..", "the folder's real path")]
      : []),
    ...(UNPRINTABLE.test(value)
      ? [refuse("has a control character or a line break", "one line of printable text")]
      : []),
    ...(value.includes(REPLACEMENT_CHARACTER)
      ? [refuse("has the character U+FFFD, which stands for one that was lost", "the folder's real path")]
      : []),
    ...misspeltTags(value).map((tag) => refuse(`has the unknown tag ${tag}${didYouMean(tag, TAGS)}`, TAGS.join(", "))),
  ];
  if (errors.length > 0) {
    return { findings: errors };
  }
  // Even without a prefix.
  if (!hasRoomForFiles({ BucketName: "", Prefix: "" }, withDigitsForTags(value))) {
    return { findings: [refuse("leaves no room for a file's name", `a shorter path: ${ROOM}`)] };
  }
  const slashes = warning("superfluous slashes were removed", { received, allowed: JSON.stringify(value) });
  const literal = warning("has a % that belongs to no tag, and stays as it is", { received, allowed: TAGS.join(", ") });
  return {
    value,
    findings: [
      ...(value === text ? [] : [slashes]),
      ...(hasLookalike(value) ? [literal] : []),
      ...templateWarnings(text),
      ...patternWarnings(text),
      ...blanksAtEnds(text),
      ...oddCharacterWarnings(text),
    ],
  };
}

/** `%YEAR%`, but not `%off%`: a folder's name may well have percent signs. */
function misspeltTags(folder: string): string[] {
  return (folder.match(TAG) ?? []).filter(
    (tag) => !Object.hasOwn(FOLDER_TAGS, tag) && nearestName(tag, TAGS) !== undefined,
  );
}

function hasLookalike(folder: string): boolean {
  return LOOKALIKE.test(folder.replace(TAG, (tag) => (Object.hasOwn(FOLDER_TAGS, tag) ? "" : tag)));
}
