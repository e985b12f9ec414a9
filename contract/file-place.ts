/** S3's limit for a key, in bytes of UTF-8 (S3 user guide, object key names). */
const MAX_KEY_BYTES = 1024;

/** Limit of every path in StartFileTransfer and StartDirectoryListing (API model), in characters. */
const MAX_PATH_CHARACTERS = 1024;

/** Characters of a path that the API model's pattern `(.)+` does not match. */
const LINE_BREAK = /[\n\r\u2028\u2029]/;

/** Characters that do not belong in a name that somebody writes down: control characters, line breaks, half a letter. */
export const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Stands where a name's bytes were not UTF-8: what was listed is not the name that could be asked for. */
export const REPLACEMENT_CHARACTER = "\uFFFD";

/** Where files go. */
export interface Destination {
  readonly BucketName: string;
  readonly Prefix: string;
}

/** The absolute remote path of a name in a folder; with an empty name, the folder with a slash at its end. */
export function joinPath(folder: string, name: string): string {
  return folder === "/" ? `/${name}` : `${folder}/${name}`;
}

/** The sample's layout: Prefix, then the absolute remote path; no slash in front. */
export function objectKey(prefix: string, remotePath: string): string {
  return prefix === "" ? remotePath.slice(1) : `${prefix}${remotePath}`;
}

/** Where StartFileTransfer puts the files of a folder: `/bucket/prefix/folder`. */
export function destinationDirectory(bucket: string, prefix: string, folder: string): string {
  const key = objectKey(prefix, folder);
  return key === "" ? `/${bucket}` : `/${bucket}/${key.replace(/\/$/, "")}`;
}

/** Half a letter, which has no form in UTF-8: no request can be written with it. */
const LONE_SURROGATE = /\p{Cs}/u;

/** Whether the API can be asked for this path at all. */
export function isSupportedPath(path: string): boolean {
  return path.length <= MAX_PATH_CHARACTERS && hasSupportedCharacters(path);
}

function hasSupportedCharacters(path: string): boolean {
  return !LINE_BREAK.test(path) && !LONE_SURROGATE.test(path) && !path.includes(REPLACEMENT_CHARACTER);
}

/** Whether a file of the folder can be asked for, its folder's place in S3 can be named, and S3 has a place for it. */
export function isSupportedFile(destination: Destination, folder: string, name: string): boolean {
  return supportedIn(destination, folder)(name);
}

/** The same for the files of one folder, by their names: what holds for all of them is looked at once. */
export function supportedIn({ BucketName, Prefix }: Destination, folder: string): (name: string) => boolean {
  const before = joinPath(folder, "");
  const mostCharacters = MAX_PATH_CHARACTERS - before.length;
  const mostBytes = MAX_KEY_BYTES - Buffer.byteLength(objectKey(Prefix, before), "utf8");
  const isFolderSupported =
    hasSupportedCharacters(before) && destinationDirectory(BucketName, Prefix, folder).length <= MAX_PATH_CHARACTERS;
  return (name) =>
    isFolderSupported &&
    name.length <= mostCharacters &&
    Buffer.byteLength(name, "utf8") <= mostBytes &&
    hasSupportedCharacters(name);
}

/** Whether any file of the folder itself can have a place there. */
export function hasRoomForFiles(destination: Destination, folder: string): boolean {
  return isSupportedFile(destination, folder, "x");
}

/** What `hasRoomForFiles` goes by, for a message. */
export const ROOM = `a key in S3 has at most ${MAX_KEY_BYTES} bytes, /BUCKET/PREFIX/FOLDER ${MAX_PATH_CHARACTERS} characters`;
