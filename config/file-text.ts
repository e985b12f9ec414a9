import { open, stat } from "node:fs/promises";
import type { Readable } from "node:stream";

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

/** What has a file's name is a pipe, a device or the like: it may have no end, or wait for ever. */
export class NotAFile extends Error {}

/** The text of what has to be a file, or a link to one: nothing else is opened. @throws NotAFile, and as `readText` */
export async function readFileText(file: string, limit: number): Promise<string> {
  const found = await stat(file);
  if (!found.isFile() && !found.isDirectory()) {
    throw new NotAFile();
  }
  return readText(file, limit);
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
    // A pipe has the size 0, and may never end; a file may grow meanwhile.
    return await textOfStream(handle.createReadStream({ end: limit, autoClose: false }), limit);
  } finally {
    await handle.close();
  }
}

/** The same of what a stream brings, such as the standard input. */
export async function textOfStream(stream: Readable, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    bytes += chunks.at(-1)?.length ?? 0;
    if (bytes > limit) {
      throw new FileTooLarge(limit);
    }
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
}
