import { open } from "node:fs/promises";

/** A file has more bytes than are read. */
export class FileTooLarge extends Error {
  /** @param bytes the file's size; undefined where the file does not know it, such as a pipe. */
  constructor(
    readonly limit: number,
    readonly bytes?: number,
  ) {
    super(`more than ${limit} bytes`);
  }
}

/**
 * The text of a file in UTF-8, of which no more is read than it may have.
 * @param limit in bytes.
 * @throws FileTooLarge; what Node.js throws where the file cannot be read, or is not UTF-8.
 */
export async function readText(file: string, limit: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size > limit) {
      throw new FileTooLarge(limit, size);
    }
    const chunks: Buffer[] = [];
    // A pipe has the size 0, and may never end; a file may grow meanwhile.
    for await (const chunk of handle.createReadStream({ end: limit, autoClose: false })) {
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    if (bytes.length > limit) {
      throw new FileTooLarge(limit);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } finally {
    await handle.close();
  }
}
