import { closeSync, openSync, writeFileSync } from "node:fs";

/** Well below what the system allows a process to have open: 256 on macOS. */
const MOST_OPEN = 64;

/** Files that grow by lines. They stay open between one line and the next: to open one takes longer than to write to it. */
export class GrowingFiles {
  /** Descriptors by path, the one that has waited longest first. */
  private readonly open = new Map<string, number>();

  /** Adds to a file, which is made where there is none. @throws what the system says */
  append(path: string, text: string): void {
    const descriptor = this.open.get(path) ?? openSync(path, "a");
    this.open.delete(path);
    this.open.set(path, descriptor);
    writeFileSync(descriptor, text);
    const [oldest] = this.open.keys();
    if (this.open.size > MOST_OPEN && oldest !== undefined) {
      this.close(oldest);
    }
  }

  /** Nothing more is to be added for now. */
  close(path: string): void {
    const descriptor = this.open.get(path);
    if (descriptor !== undefined) {
      this.open.delete(path);
      closeSync(descriptor);
    }
  }

  closeAll(): void {
    for (const path of [...this.open.keys()]) {
      this.close(path);
    }
  }
}
