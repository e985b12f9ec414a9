/** S3's limit for a key, in bytes of UTF-8 (S3 user guide, object key names). */
export const MAX_KEY_BYTES = 1024;

/** Limit of every path in StartFileTransfer and StartDirectoryListing (API model), in characters. */
export const MAX_PATH_CHARACTERS = 1024;

/** Characters of a path that the API model's pattern `(.)+` does not match. */
const LINE_BREAK = /[\n\r\u2028\u2029]/;

/** Stands where a name's bytes were not UTF-8: what was listed is not the name that could be asked for. */
const REPLACEMENT_CHARACTER = "\uFFFD";

/** Whether no character of a path keeps the API from being asked for it. */
export function hasSupportedCharacters(path: string): boolean {
  return !LINE_BREAK.test(path) && !path.includes(REPLACEMENT_CHARACTER);
}
