import type { Batch, FileItem } from "../work/items";

/** Paths per StartFileTransfer call (API reference). */
export const FILES_PER_CALL = 10;

/** How often a file is sent in one run before it counts as failed; the next run tries it afresh. */
export const MAX_ATTEMPTS = 3;

/** The fewest calls that transfer these files of one folder. */
export function batchesOf(folder: string, files: readonly FileItem[], attempt: number): Batch[] {
  const calls = Math.ceil(files.length / FILES_PER_CALL);
  return Array.from({ length: calls }, (_, call) => ({
    folder,
    attempt,
    doubts: 0,
    files: files.slice(call * FILES_PER_CALL, (call + 1) * FILES_PER_CALL),
  }));
}
