import { chmod, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { errorCode } from "../../config/error-code";
import { linkFailure, refuseLinks } from "../errors/links";
import { StorageFailure, storageFailure } from "../errors/storage-failure";
import { UserError } from "../errors/user-error";
import { isFolder, makePrivateFolder } from "../privacy/make-folder";
import { refuseStrangers } from "../privacy/refuse-strangers";

/**
 * Where things lie in a data directory: buckets are folders in it, everything of ours is under `.sftp-sync`. Nothing in it says
 * where credentials go, or which code runs.
 */
export interface DataDirectory {
  /** Absolute. */
  readonly root: string;
  readonly lockFile: string;
  /** States of the connectors' transfers. */
  readonly transfers: string;
  /** A copy of the synthesized stacks, for people: nobody reads it back. */
  readonly stacks: string;
  /** What the functions printed during the last command. */
  readonly logs: string;
}

const PRIVATE = 0o700;

/** All that is ours. */
const OWN = ".sftp-sync";

/** Something else has the name. */
const OBSTACLES: readonly string[] = ["EEXIST", "ENOTDIR"];

/**
 * Makes the directory where there is none; our own folder in it is for nobody else.
 * @throws UserError, StorageFailure where it cannot be used, or others can change what lies there.
 */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const root = resolve(path);
  const own = join(root, OWN);
  await refuseStrangers(root, root);
  await makePrivateFolder(own).catch((error: unknown) => {
    throw unusable(error, root);
  });
  refuseLinks(root, own);
  await chmod(own, PRIVATE).catch(() => undefined); // Not ours, or in a file system without modes: what it has now decides.
  const folders = { transfers: join(own, "transfers"), stacks: join(own, "stacks"), logs: join(own, "logs") };
  for (const folder of [own, ...Object.values(folders)]) {
    await refuseStrangers(root, folder);
    await refuseLinksIn(folder, root);
  }
  return { root, lockFile: join(own, "lock"), ...folders };
}

/**
 * A folder that happens to have a bucket's name may be somebody's work, and a run may replace files in it. So a bucket is taken over
 * as it is only where `.sftp-sync` says that runs are at home in the directory.
 * @throws UserError
 */
export async function refuseUnknownFiles(path: string, buckets: readonly string[]): Promise<void> {
  const root = resolve(path);
  if (await isFolder(join(root, OWN))) {
    return;
  }
  for (const folder of buckets.map((bucket) => join(root, bucket))) {
    const [file] = await readdir(folder).catch(() => []); // Not there, or not to be read: then it is not to be used either.
    if (file !== undefined) {
      throw new UserError(`${folder} holds files already, and no run has used the data directory ${root} before`, {
        next: `use another directory with --data DIR, or make the folder ${join(root, OWN)} if runs may write among them`,
      });
    }
  }
}

/** What is written later under a name that can be known before must not be a link by then. */
async function refuseLinksIn(folder: string, root: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []); // Not there yet, or no folder.
  const link = entries.find((entry) => entry.isSymbolicLink());
  if (link !== undefined) {
    throw linkFailure(join(folder, link.name), root);
  }
}

/**
 * A name that no folder can have, or something else has, is the user's to correct; what the system says against a folder that
 * could be there, such as a full disk, is the storage's failure.
 */
function unusable(error: unknown, root: string): UserError | StorageFailure {
  const failure = storageFailure(error, root);
  const next = "name a folder that is there or can be made, and in which you may write: --data DIR";
  if (!(failure instanceof StorageFailure)) {
    return new UserError(`The data directory ${root} cannot be made there (${errorCode(error) ?? error})`, {
      cause: error,
      next,
    });
  }
  const isObstacle = OBSTACLES.includes(failure.code ?? "") && root.startsWith(pathOf(error));
  return isObstacle ? new UserError(failure.message, { cause: error, next }) : failure;
}

/** The folder that could not be made. */
const pathOf = (error: unknown) => (error instanceof Error && "path" in error ? String(error.path) : "");
