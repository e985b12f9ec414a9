import { type BigIntStats, constants, linkSync, mkdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { errorCode } from "../../config/error-code";
import { LINK, linkFailure, refuseLinks } from "../errors/links";
import { besideFolderName, keyPath } from "./key-path";

/** A file of an object, and what the system says of it. */
export interface FoundFile {
  readonly path: string;
  readonly stats: BigIntStats;
}

export interface OpenFile extends FoundFile {
  readonly handle: FileHandle;
}

const ABSENT = new Set<unknown>(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "EISDIR"]);
/** File systems without hard links answer so. */
const NO_LINKS = new Set<unknown>(["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP"]);

/** Without O_NONBLOCK, a named pipe that lies in the folder would block for ever. Windows has neither of the two. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Where the file of a key's object may lie: a write to `a/b` moves the object `a` beside the folder of that name. */
function places(bucketFolder: string, key: string): readonly [plain: string, beside: string] {
  const { plain, besideFolder } = keyPath(key);
  return [join(bucketFolder, ...plain), join(bucketFolder, ...besideFolder)];
}

/** Finds the file of a key's object; no link is followed on the way to it. @throws StorageFailure where there is one */
export function findObject(bucketFolder: string, key: string): FoundFile | undefined {
  for (const path of places(bucketFolder, key)) {
    const stats = refuseLinks(bucketFolder, path);
    if (stats?.isFile()) {
      return { path, stats };
    }
  }
  return undefined;
}

async function openFile(bucketFolder: string, path: string): Promise<OpenFile | undefined> {
  if (!refuseLinks(bucketFolder, path)?.isFile()) {
    return undefined;
  }
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ_FLAGS);
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) {
      return { path, stats, handle };
    }
    await handle.close();
    return undefined;
  } catch (error) {
    await handle?.close();
    if (ABSENT.has(errorCode(error))) {
      return undefined;
    }
    throw errorCode(error) === LINK ? linkFailure(path, bucketFolder) : error;
  }
}

/**
 * Opens the file of a key's object for reading; the caller closes it; no link is followed on the way to it. A write to `a/b` may
 * move the object `a` aside while we look, hence the third look.
 */
export async function openObject(bucketFolder: string, key: string): Promise<OpenFile | undefined> {
  const [plain, beside] = places(bucketFolder, key);
  return (
    (await openFile(bucketFolder, plain)) ??
    (await openFile(bucketFolder, beside)) ??
    (await openFile(bucketFolder, plain))
  );
}

/** Makes a folder within a bucket; objects whose names it needs are moved beside it. */
function makeFolders(bucketFolder: string, names: readonly string[]): void {
  let folder = bucketFolder;
  for (const name of names) {
    const path = join(folder, name);
    const found = refuseLinks(folder, path);
    if (found !== undefined && !found.isDirectory()) {
      moveBeside(folder, name);
    }
    if (!found?.isDirectory()) {
      mkdirSync(path, { recursive: true });
    }
    folder = path;
  }
}

function moveBeside(folder: string, name: string): void {
  const beside = besideFolderName(name);
  if (beside === undefined) {
    throw new Error(`A file is in the way of a folder: ${join(folder, name)}`);
  }
  mkdirSync(dirname(join(folder, beside)), { recursive: true });
  renameSync(join(folder, name), join(folder, beside));
}

/** Gives a written file its place in one step; with `exclusive`, only where no file is, across processes too. */
function moveInto(from: string, to: string, exclusive: boolean): boolean {
  if (exclusive) {
    try {
      linkSync(from, to);
      unlinkSync(from);
      return true;
    } catch (error) {
      if (errorCode(error) === "EEXIST") {
        return false;
      }
      if (!NO_LINKS.has(errorCode(error))) {
        throw error;
      }
    }
  }
  renameSync(from, to);
  return true;
}

/**
 * Makes a written file the object of a key. Synchronous: between the look at the place and the file's move there nothing else
 * of this process comes.
 * @returns where it lies now; `undefined` if `exclusive` and there is one already.
 * @throws StorageFailure where a link lies on the way, or in the object's place.
 */
export function placeObject(bucketFolder: string, key: string, file: string, exclusive: boolean): string | undefined {
  const { folders, plain, besideFolder } = keyPath(key);
  const [plainPath, besidePath] = places(bucketFolder, key);
  const folder = join(bucketFolder, ...folders);
  const isThere = folders.length === 0 || refuseLinks(bucketFolder, folder)?.isDirectory() === true;
  const inPlace = isThere ? refuseLinks(bucketFolder, plainPath, folder) : undefined;
  const beside = isThere ? refuseLinks(bucketFolder, besidePath, folder) : undefined;
  if (inPlace?.isDirectory()) {
    makeFolders(bucketFolder, besideFolder.slice(0, -1));
    return moveInto(file, besidePath, exclusive) ? besidePath : undefined;
  }
  if (inPlace === undefined && !(isThere && dirname(plainPath) === folder)) {
    makeFolders(bucketFolder, plain.slice(0, -1));
  }
  if (!moveInto(file, plainPath, exclusive)) {
    return undefined;
  }
  if (beside !== undefined) {
    removeQuietly(besidePath);
  }
  return plainPath;
}

/** What still lies there is hidden by the new object. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A folder that somebody has put there.
  }
}

/** Removes an object's file, and the folders that it leaves empty. */
export function removeObject(bucketFolder: string, path: string): void {
  rmSync(path, { force: true });
  for (let folder = dirname(path); folder.startsWith(bucketFolder + sep); folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch {
      return; // Not empty.
    }
  }
}
