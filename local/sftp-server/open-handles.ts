import type { FileHandle } from "node:fs/promises";

export interface OpenFolder {
  readonly kind: "folder";
  readonly path: string;
  /** Names not yet read, as the bytes that they are: SFTP shows those that are not UTF-8 with replacement characters. */
  readonly names: Buffer[];
}

export interface OpenFile {
  readonly kind: "file";
  readonly file: FileHandle;
}

const numberOf = (handle: Buffer) => (handle.length === 4 ? handle.readUInt32BE(0) : -1);

/** What one client has open, under the handles that it was given. */
export class OpenHandles {
  private readonly open = new Map<number, OpenFolder | OpenFile>();
  private next = 0;
  private closed = false;

  /** @throws Error when the client has gone while the file was being opened; the file is closed then. */
  async add(opened: OpenFolder | OpenFile): Promise<Buffer> {
    if (this.closed) {
      await closeFile(opened);
      throw new Error("The client has gone");
    }
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(this.next);
    this.open.set(this.next, opened);
    this.next += 1;
    return handle;
  }

  file(handle: Buffer): FileHandle {
    const opened = this.open.get(numberOf(handle));
    if (opened?.kind !== "file") {
      throw new Error("Not an open file");
    }
    return opened.file;
  }

  folder(handle: Buffer): OpenFolder {
    const opened = this.open.get(numberOf(handle));
    if (opened?.kind !== "folder") {
      throw new Error("Not an open folder");
    }
    return opened;
  }

  async close(handle: Buffer): Promise<void> {
    const opened = this.open.get(numberOf(handle));
    if (opened === undefined) {
      throw new Error("No such handle");
    }
    this.open.delete(numberOf(handle));
    await closeFile(opened);
  }

  async closeAll(): Promise<void> {
    this.closed = true;
    const opened = [...this.open.values()];
    this.open.clear();
    await Promise.allSettled(opened.map(closeFile));
  }
}

async function closeFile(opened: OpenFolder | OpenFile): Promise<void> {
  if (opened.kind === "file") {
    await opened.file.close();
  }
}
