import picomatch from "picomatch";
import { libraryGlob } from "../../engine/listing/glob";

const matchers = new Map<string, (text: string) => boolean>();

/** Whether a text matches a glob as a whole; dots match like any other character. */
export function matchesGlob(glob: string, text: string): boolean {
  const known = matchers.get(glob);
  if (known !== undefined) {
    return known(text);
  }
  const matcher = picomatch(libraryGlob(glob), { dot: true });
  matchers.set(glob, matcher);
  return matcher(text);
}
