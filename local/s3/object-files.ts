import { constants } from "node:fs";
import { type FileHandle, link, lstat, mkdir, open, rename, rm, rmdir, unlink } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { errorCode } from "../../config/error-code";
import { LINK, linkFailure, refuseLinks } from "../errors/links";
import { besideFolderName, keyPath } from "./key-path";

export interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
}

const ABSENT = new Set<unknown>(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "EISDIR"]);
/** File systems without hard links answer so. */
const NO_LINKS = new Set<unknown>(["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP"]);

/** Whether there is a folder at this path; a link to one is none. */
export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (ABSENT.has(errorCode(error))) {
      return false;
    }
    throw error;
  }
}

/** Without O_NONBLOCK, a named pipe that lies in the folder would block for ever. Windows has neither of the two. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

async function openFile(bucketFolder: string, names: readonly string[]): Promise<OpenFile | undefined> {
  const path = join(bucketFolder, ...names);
  await refuseLinks(bucketFolder, path);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ_FLAGS);
    if ((await handle.stat()).isFile()) {
      return { path, handle };
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
 * Opens the file of a key's object for reading; the caller closes it; no link is followed on the way to it. A write to `a/b` may move the object `a` aside while we
 * look, hence the third look.
 */
export async function openObject(bucketFolder: string, key: string): Promise<OpenFile | undefined> {
  const { plain, besideFolder } = keyPath(key);
  return (
    (await openFile(bucketFolder, plain)) ??
    (await openFile(bucketFolder, besideFolder)) ??
    (await openFile(bucketFolder, plain))
  );
}

/** Makes a folder within a bucket; objects whose names it needs are moved beside it. */
async function makeFolders(bucketFolder: string, names: readonly string[]): Promise<void> {
  let folder = bucketFolder;
  for (const name of names) {
    const path = join(folder, name);
    try {
      await mkdir(path);
    } catch (error) {
      if (errorCode(error) !== "EEXIST") {
        throw error;
      }
      if (!(await isDirectory(path))) {
        await moveBeside(folder, name);
        await mkdir(path, { recursive: true });
      }
    }
    folder = path;
  }
}

async function moveBeside(folder: string, name: string): Promise<void> {
  const beside = besideFolderName(name);
  if (beside === undefined) {
    throw new Error(`A file is in the way of a folder: ${join(folder, name)}`);
  }
  await mkdir(dirname(join(folder, beside)), { recursive: true });
  await rename(join(folder, name), join(folder, beside));
}

/** Gives a written file its place in one step; with `exclusive`, only where no file is, across processes too. */
async function moveInto(from: string, to: string, exclusive: boolean): Promise<boolean> {
  if (exclusive) {
    try {
      await link(from, to);
      await unlink(from);
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
  await rename(from, to);
  return true;
}

/**
 * Makes a written file the object of a key.
 * @returns false if `exclusive` and there is one already.
 * @throws StorageFailure where a link lies on the way, or in the object's place.
 */
export async function placeObject(
  bucketFolder: string,
  key: string,
  file: string,
  exclusive: boolean,
): Promise<boolean> {
  const { plain, besideFolder } = keyPath(key);
  const plainPath = join(bucketFolder, ...plain);
  const besidePath = join(bucketFolder, ...besideFolder);
  await refuseLinks(bucketFolder, plainPath);
  await refuseLinks(bucketFolder, besidePath);
  if (!(await isDirectory(dirname(plainPath)))) {
    await makeFolders(bucketFolder, plain.slice(0, -1));
  }
  if (await isDirectory(plainPath)) {
    await makeFolders(bucketFolder, besideFolder.slice(0, -1));
    return moveInto(file, besidePath, exclusive);
  }
  if (!(await moveInto(file, plainPath, exclusive))) {
    return false;
  }
  await rm(besidePath, { force: true }).catch(() => undefined);
  return true;
}

/** Removes an object's file, and the folders that it leaves empty. */
export async function removeObject(bucketFolder: string, path: string): Promise<void> {
  await rm(path, { force: true });
  for (let folder = dirname(path); folder.startsWith(bucketFolder + sep); folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      return; // Not empty.
    }
  }
}
