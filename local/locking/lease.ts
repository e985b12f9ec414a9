import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import * as z from "zod";
import { errorCode } from "../../config/error-code";
import { cannotWrite, StorageFailure, storageFailure } from "../errors/storage-failure";
import { UserError } from "../errors/user-error";

/**
 * How a lease works. Its file names an owner by a random token, and its time changes with every beat while the owner lives.
 * Whoever wants the lease looks at the file again and again: a change means that the owner lives, and a silence of
 * {@link SILENT_LOOKS} looks that it does not; then the file is replaced. Nothing else is asked: numbers of processes are
 * used again, and every container has a number 1; clocks of two machines differ. Looks are counted, not seconds: one that
 * was suspended itself has not watched meanwhile.
 *
 * An owner that was suspended and goes on finds another token in the file: at its next beat, and before it changes anything
 * (`check`). The new owner waits for two beats before it begins.
 */
const BEAT_MS = 250;
const LOOK_MS = 250;
/** Three seconds: twelve beats of an owner that lives. */
const SILENT_LOOKS = 12;
const SETTLE_MS = 2 * BEAT_MS;
/** A file that cannot be renewed for so many beats is given up before anybody may take it for silent. */
const FAILED_BEATS = 6;

const ownerSchema = z.object({ token: z.string(), pid: z.int().optional(), host: z.string().optional() });
type Owner = z.infer<typeof ownerSchema>;

const lossSchema = z.discriminatedUnion("lost", [
  z.object({ lost: z.literal("taken over") }),
  z.object({ lost: z.literal("unwritable"), code: z.string() }),
]);
type Loss = z.infer<typeof lossSchema>;

/** A folder that one command at a time works in. */
export interface Lease {
  /** Aborted, with a {@link StorageFailure} as its reason, when the lease is lost. */
  readonly signal: AbortSignal;
  /** To be called before anything is changed. @throws StorageFailure when the lease is lost. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes a folder's lease; one whose owner does not live any more is taken over, which takes about four seconds.
 * @param file is made, and removed when the lease is released.
 * @param next what to do where another command holds it.
 * @throws UserError naming the process that holds it; StorageFailure
 */
export async function takeLease(
  file: string,
  folder: string,
  next = "wait for it, or use another directory with --data DIR",
): Promise<Lease> {
  const token = randomUUID();
  const lease = new HeldLease(file, folder, token);
  try {
    await lease.prepare();
    await acquire(file, folder, token, next);
    lease.begin();
    return lease;
  } catch (error) {
    await lease.stop();
    throw storageFailure(error, folder);
  }
}

class HeldLease implements Lease {
  private readonly controller = new AbortController();
  private readonly worker: Worker;
  /** When the file was last found to be this owner's. */
  private seenAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly file: string,
    private readonly folder: string,
    private readonly token: string,
  ) {
    const workerData = { file, token, beatMilliseconds: BEAT_MS, lastFailures: FAILED_BEATS };
    // Nothing of this process's own flags and loaders.
    this.worker = new Worker(join(__dirname, "heartbeat.mjs"), { workerData, execArgv: [] });
    this.worker.on("message", (message) => this.lose(lossSchema.parse(message)));
    this.worker.on("error", ({ message }) => this.lose({ lost: "unwritable", code: message }));
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Resolves when the thread is ready, so that the first beat is never late. */
  async prepare(): Promise<void> {
    await once(this.worker, "online");
    this.worker.unref();
  }

  begin(): void {
    this.worker.postMessage("begin");
  }

  async check(): Promise<void> {
    // Whoever takes the lease over begins two beats later: within one, nobody has.
    const now = performance.now();
    if (now - this.seenAt < BEAT_MS && !this.signal.aborted) {
      return;
    }
    try {
      // Read at once: objects that are written wait for it.
      if (parseOwner(readFileSync(this.file, "utf8"))?.token !== this.token) {
        this.lose({ lost: "taken over" });
      }
      this.seenAt = now;
    } catch (error) {
      this.lose({ lost: "unwritable", code: errorCode(error) ?? String(error) });
    }
    this.signal.throwIfAborted();
  }

  async release(): Promise<void> {
    await this.stop();
    const owner = await readOwner(this.file).catch(() => undefined);
    if (owner?.token === this.token) {
      await rm(this.file, { force: true });
    }
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private lose(loss: Loss): void {
    this.controller.abort(lossFailure(loss, this.folder));
  }
}

function lossFailure(loss: Loss, folder: string): StorageFailure {
  if (loss.lost === "taken over") {
    return new StorageFailure(
      `Another command has taken ${folder} over, because this one stood still for ${(SILENT_LOOKS * LOOK_MS) / 1000} seconds`,
      { folder, next: "look at what the other command says; do not suspend a command while others use its directory" },
    );
  }
  return cannotWrite(loss.code, folder);
}

/** Returns when the file holds the token, and nobody else believes that it holds theirs. */
async function acquire(file: string, folder: string, token: string, next: string): Promise<void> {
  const content = JSON.stringify({ token, pid: process.pid, host: hostname() } satisfies Owner);
  for (;;) {
    if (await create(file, content)) {
      return;
    }
    const seen = await look(file);
    const now = seen && (await watch(file, seen));
    if (seen === undefined || now === undefined) {
      continue; // Released meanwhile.
    }
    if (now.time !== seen.time || now.content !== seen.content) {
      throw inUse(parseOwner(now.content), folder, next);
    }
    if (await replace(file, now, content, token)) {
      return;
    }
  }
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") {
      return false;
    }
    throw error;
  }
}

interface Seen {
  readonly content: string;
  readonly time: bigint;
}

/** Opens the file anew, so that a network file system asks its server. `undefined`: there is none. */
async function look(file: string): Promise<Seen | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const { mtimeNs } = await handle.stat({ bigint: true });
      return { content: await handle.readFile("utf8"), time: mtimeNs };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

/** Looks until something changes, or for as long as a living owner is never silent. @returns what was seen last. */
async function watch(file: string, before: Seen): Promise<Seen | undefined> {
  let now: Seen | undefined = before;
  for (let looks = 0; looks < SILENT_LOOKS; looks += 1) {
    await sleep(LOOK_MS);
    now = await look(file);
    if (now?.time !== before.time || now.content !== before.content) {
      break;
    }
  }
  return now;
}

/**
 * Replaces the file in one step. Of several that do so at the same time the last one stays, and the others see that once
 * all had the time to do it.
 * @returns whether this one stays.
 */
async function replace(file: string, silent: Seen, content: string, token: string): Promise<boolean> {
  const draft = `${file}.${token}`;
  try {
    await writeFile(draft, content);
    const now = await look(file);
    if (now?.time !== silent.time || now.content !== silent.content) {
      return false;
    }
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  await sleep(SETTLE_MS);
  return (await look(file))?.content === content;
}

async function readOwner(file: string): Promise<Owner | undefined> {
  return parseOwner(await readFile(file, "utf8"));
}

function parseOwner(content: string): Owner | undefined {
  try {
    return ownerSchema.safeParse(JSON.parse(content)).data;
  } catch {
    return undefined; // Half written, or not ours.
  }
}

function inUse(owner: Owner | undefined, folder: string, next: string): UserError {
  const { pid, host } = owner ?? {};
  const place = host === undefined || host === hostname() ? "" : ` on ${host}`;
  return new UserError(
    `The data directory ${folder} is in use by ${pid === undefined ? "a process" : `process ${pid}`}${place}`,
    {
      next,
    },
  );
}
