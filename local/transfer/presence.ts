import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isProcessAlive } from "../locking/process-alive";

const BEAT_MS = 5_000;
/** Without a beat for this long an owner is gone, even if its process number lives: numbers are used again. */
const DEAD_AFTER_MS = 30_000;

/** Tells other processes that share the folder that this service lives, and this one which of them do. */
export class Presence {
  /** `PID-UUID`. */
  readonly id = `${process.pid}-${randomUUID()}`;
  private readonly file: string;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly folder: string) {
    this.file = join(folder, this.id);
  }

  /** Removes what services left that were killed. */
  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const id of await readdir(this.folder)) {
      if (!(await this.isAlive(id))) {
        await rm(join(this.folder, id), { force: true });
      }
    }
    await writeFile(this.file, "");
    this.timer = setInterval(() => {
      const now = new Date();
      utimes(this.file, now, now).catch(() => undefined);
    }, BEAT_MS);
    this.timer.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await rm(this.file, { force: true });
  }

  /** Whether the owner of this id still works. */
  async isAlive(id: string): Promise<boolean> {
    const beat = await stat(join(this.folder, id)).catch(() => undefined);
    const isRecent = beat !== undefined && Date.now() - beat.mtimeMs < DEAD_AFTER_MS;
    return isRecent && isProcessAlive(Number.parseInt(id, 10));
  }
}
