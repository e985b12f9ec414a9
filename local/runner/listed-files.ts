import { type ReportedFile, reportedFileSchema } from "../../engine/report";
import { parseStored } from "../../engine/stored-json";

/**
 * The first files that the lists beside a report name.
 * @param lists their names.
 * @param read a list; undefined where it is gone.
 * @throws UnreadableState
 */
export async function readListedFiles(
  lists: readonly string[],
  read: (list: string) => Promise<string | undefined>,
  most: number,
): Promise<ReportedFile[]> {
  const files: ReportedFile[] = [];
  for (const list of lists) {
    if (files.length >= most) {
      break;
    }
    const lines = ((await read(list)) ?? "").split("\n").filter((line) => line !== "");
    for (const line of lines.slice(0, most - files.length)) {
      files.push(parseStored(reportedFileSchema, line, list));
    }
  }
  return files;
}
