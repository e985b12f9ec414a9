import type { ListedFile } from "./list-folder";

/** Of so many files the sizes are remembered, with usual names in about 100 MB. Older ones count as listed without a size. */
const MOST_FILES = 1_000_000;

/** The sizes under which a connector has listed files lately, by path: all that a transfer has to be held against. */
export class ListedSizes {
  private readonly sizes = new Map<string, number>();

  constructor(private readonly mostFiles = MOST_FILES) {}

  note(files: readonly ListedFile[]): void {
    for (const { filePath, size } of files) {
      this.sizes.delete(filePath);
      if (size !== undefined) {
        this.sizes.set(filePath, size);
      }
    }
    for (const path of this.sizes.keys()) {
      if (this.sizes.size <= this.mostFiles) {
        break;
      }
      this.sizes.delete(path);
    }
  }

  /** Bytes; `undefined`: the file was not listed, or without a size. */
  of(path: string): number | undefined {
    return this.sizes.get(path);
  }
}
