import { libraryGlob } from "./glob";
import { globMatcher } from "./glob-matcher";

/** No character of a name but those that some glob syntax, or some place in a glob, makes special. */
const LITERAL = '[^\\\\/*?[\\]{}()|!+@$^",]';

/** A character that a class may hold: with any other, a range could hold the slash. */
const CLASS = "\\[[!^]?(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9_ ])+\\]";

/** Escaped, a letter or a digit would be syntax of the regular expression that becomes of the glob. */
const ESCAPED = "\\\\[^A-Za-z0-9/]";

const PART = `(?:${LITERAL}|${ESCAPED}|${CLASS}|\\?|\\*(?!\\*))`;

/** `{a,b}`, not nested, of whole names: no range, and no list of one, which is none. */
const BRACES = "\\{[A-Za-z0-9_ -]+(?:,[A-Za-z0-9_ -]+)+\\}";

/** A level of a glob that matches nothing but names of one level. Whatever is not as plain may match more. */
const PLAIN_LEVEL = new RegExp(`^(?!\\.+$)(?:${PART}|${BRACES})+$`, "u");

/** Parsed as it is inside of a glob, not by the shortcuts for some whole globs. */
const OPTIONS = { fastpaths: false } as const;

/**
 * Whether anything below a folder can match one of the globs. It cannot where the folder lies beside the levels with which
 * the glob begins, or as deep as all of them. From the first level on that is not plain, anything can.
 * @param levels of the folder's path relative to the sync's folder.
 */
export type CanHold = (levels: readonly string[]) => boolean;

export function canHold(globs: readonly string[]): CanHold {
  const each = globs.map(canHoldFor);
  return (levels) => each.some((can) => can(levels));
}

function canHoldFor(glob: string): CanHold {
  const levels = libraryGlob(glob).split("/");
  const firstOpen = levels.findIndex((level) => !PLAIN_LEVEL.test(level));
  const plain = firstOpen === -1 ? levels : levels.slice(0, firstOpen);
  const matchers = plain.map((level) => globMatcher([level], OPTIONS));
  return (folder) => {
    if (firstOpen === -1 && folder.length >= levels.length) {
      return false;
    }
    return matchers.slice(0, folder.length).every((matches, depth) => matches(folder[depth] ?? ""));
  };
}
