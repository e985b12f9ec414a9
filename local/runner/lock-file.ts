import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { errorCode } from "../../config/error-code";
import { storageFailure } from "../errors/storage-failure";
import { UserError } from "../errors/user-error";
import { isProcessAlive } from "../locking/process-alive";

const ownerSchema = z.object({ pid: z.int(), token: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** Between two looks at a lock that somebody else is taking over. */
const GUARD_PAUSE_MS = 20;

/** Held as long as its process works with the directory. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a data directory; one that a dead process left behind is taken over.
 * @param next what to do where another process holds it.
 * @throws UserError naming that process.
 */
export async function lockDirectory(
  file: string,
  directory: string,
  next = "wait for it, or use another directory with --data DIR",
): Promise<DirectoryLock> {
  const owner: Owner = { pid: process.pid, token: randomUUID() };
  while (!(await create(file, owner, directory))) {
    const holder = await read(file);
    if (holder !== undefined && isProcessAlive(holder.pid)) {
      throw new UserError(
        `The data directory ${directory} is in use by process ${holder.pid}. ` +
          `If process ${holder.pid} is something else, remove ${file}.`,
        { next },
      );
    }
    await removeStale(file, holder, owner, directory);
  }
  return {
    release: async () => {
      if ((await read(file))?.token === owner.token) {
        await rm(file, { force: true });
      }
    },
  };
}

/** Appears complete or not at all: nobody may read half an owner. */
async function create(file: string, owner: Owner, directory: string): Promise<boolean> {
  const draft = `${file}.${owner.token}`;
  try {
    await writeFile(draft, JSON.stringify(owner));
    await link(draft, file);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") {
      return false;
    }
    throw storageFailure(error, directory);
  } finally {
    await rm(draft, { force: true });
  }
}

async function read(file: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.safeParse(JSON.parse(await readFile(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/**
 * Removes the lock of a dead process. Several may find it at the same time, and one of them may have put its own in its
 * place meanwhile: so only the holder of a guard looks again and removes.
 */
async function removeStale(file: string, holder: Owner | undefined, owner: Owner, directory: string): Promise<void> {
  const guard = `${file}.takeover`;
  if (!(await create(guard, owner, directory))) {
    const guardian = await read(guard);
    if (guardian !== undefined && !isProcessAlive(guardian.pid)) {
      await rm(guard, { force: true });
    }
    await sleep(GUARD_PAUSE_MS);
    return;
  }
  try {
    if ((await read(file))?.token === holder?.token) {
      await rm(file, { force: true });
    }
  } finally {
    await rm(guard, { force: true });
  }
}
