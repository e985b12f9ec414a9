import type * as z from "zod";
import { type ReportedFile, reportedFileSchema, type SkippedFile, skippedFileSchema } from "../../engine/report";
import { parseStored } from "../../engine/stored-json";

/** Reads a list beside a report by its name; undefined where it is gone. */
type ReadList = (list: string) => Promise<string | undefined>;

/**
 * The first files that the lists beside a report name.
 * @param lists their names.
 * @param most Infinity: all.
 * @throws UnreadableState
 */
export async function readListedFiles(lists: readonly string[], read: ReadList, most: number): Promise<ReportedFile[]> {
  const files: ReportedFile[] = [];
  for await (const file of lines(lists, read, reportedFileSchema)) {
    if (files.push(file) >= most) {
      break;
    }
  }
  return files;
}

/**
 * The same of files that were skipped. Those that are unchanged stand last, and are only named where all are wanted.
 * @throws UnreadableState
 */
export async function readSkippedFiles(lists: readonly string[], read: ReadList, most: number): Promise<SkippedFile[]> {
  const files: SkippedFile[] = [];
  for await (const file of lines(lists, read, skippedFileSchema)) {
    if (most !== Number.POSITIVE_INFINITY && file.reason === "unchanged") {
      break;
    }
    if (files.push(file) >= most) {
      break;
    }
  }
  return files;
}

async function* lines<T>(lists: readonly string[], read: ReadList, schema: z.ZodType<T>): AsyncGenerator<T> {
  for (const list of lists) {
    for (const line of ((await read(list)) ?? "").split("\n")) {
      if (line !== "") {
        yield parseStored(schema, line, list);
      }
    }
  }
}
