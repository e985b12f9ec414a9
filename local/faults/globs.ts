import { libraryGlob } from "../../engine/listing/glob";
import { globMatcher } from "../../engine/listing/glob-matcher";

const matchers = new Map<string, (text: string) => boolean>();

/** Whether a text matches a glob as a whole; dots match like any other character. */
export function matchesGlob(glob: string, text: string): boolean {
  const known = matchers.get(glob);
  if (known !== undefined) {
    return known(text);
  }
  const matcher = globMatcher([libraryGlob(glob)]);
  matchers.set(glob, matcher);
  return matcher(text);
}
