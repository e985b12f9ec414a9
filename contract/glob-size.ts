import { MAX_PARAMETER_BYTES } from "./parameter-value";

/** No glob of a definition can be longer: it is part of an event, which has to fit into a parameter. */
const MAX_CHARACTERS = MAX_PARAMETER_BYTES;

/** What reads globs goes one level down for each bracket, and takes the longer the deeper they are. */
const MAX_NESTING = 20;

/** What `isReadableGlob` goes by, for a message. */
export const GLOB_SIZE = `at most ${MAX_CHARACTERS} characters, and brackets at most ${MAX_NESTING} deep`;

/** Whether a glob is of a size that can be read and matched in little time. Brackets count as they stand, escaped or not. */
export function isReadableGlob(glob: string): boolean {
  if (glob.length > MAX_CHARACTERS) {
    return false;
  }
  let depth = 0;
  let deepest = 0;
  for (const character of glob) {
    if ("({[".includes(character)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (")}]".includes(character)) {
      depth = Math.max(0, depth - 1);
    }
  }
  return deepest <= MAX_NESTING;
}
