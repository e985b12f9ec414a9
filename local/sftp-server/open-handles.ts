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

  add(opened: OpenFolder | OpenFile): Buffer {
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
    if (opened.kind === "file") {
      await opened.file.close();
    }
  }

  async closeAll(): Promise<void> {
    const files = [...this.open.values()].flatMap((opened) => (opened.kind === "file" ? [opened.file] : []));
    this.open.clear();
    await Promise.allSettled(files.map((file) => file.close()));
  }
}
