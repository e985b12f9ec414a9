import { hasSupportedCharacters, MAX_KEY_BYTES, MAX_PATH_CHARACTERS } from "../../config/path-limits";

export function joinPath(folder: string, name: string): string {
  return folder === "/" ? `/${name}` : `${folder}/${name}`;
}

/**
 * The name of a direct child of `folder`, or `undefined` where the path is the folder itself, lies elsewhere, or hides
 * a segment that means another place. That a child is always one level longer is what ends every walk.
 */
export function childName(folder: string, path: string): string | undefined {
  const prefix = folder === "/" ? "/" : `${folder}/`;
  if (!path.startsWith(prefix)) {
    return undefined;
  }
  const name = path.slice(prefix.length).replace(/\/$/, "");
  return name === "" || name === "." || name === ".." || name.includes("/") ? undefined : name;
}

/** The path relative to the sync's folder, on which globs match. */
export function relativePath(root: string, path: string): string {
  return root === "/" ? path.slice(1) : path.slice(root.length + 1);
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

/** Whether the API can be asked for this path at all. */
export function isSupportedPath(path: string): boolean {
  return path.length <= MAX_PATH_CHARACTERS && hasSupportedCharacters(path);
}

/** Where files go. */
export interface Destination {
  readonly BucketName: string;
  readonly Prefix: string;
}

/** Whether a file of the folder can be asked for, its folder's place in S3 can be named, and S3 has a place for it. */
export function isSupportedFile({ BucketName, Prefix }: Destination, folder: string, name: string): boolean {
  const path = joinPath(folder, name);
  return (
    isSupportedPath(path) &&
    destinationDirectory(BucketName, Prefix, folder).length <= MAX_PATH_CHARACTERS &&
    Buffer.byteLength(objectKey(Prefix, path), "utf8") <= MAX_KEY_BYTES
  );
}

/** Replaces `%year%`, `%month%` and `%day%` by the UTC date. */
export function resolveDateTags(folder: string, at: Date): string {
  const [year = "", month = "", day = ""] = at.toISOString().slice(0, 10).split("-");
  return folder.replaceAll("%year%", year).replaceAll("%month%", month).replaceAll("%day%", day);
}
