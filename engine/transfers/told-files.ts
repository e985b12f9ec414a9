import type { FileItem } from "../work/items";
import { type EndedFile, type SentFiles, toldFile } from "./ended-file";
import type { MatchedResults } from "./match-results";

/** What an answer of the service says of the files of a batch. */
export interface ToldFiles {
  readonly ended: readonly EndedFile[];
  /** Still under way. */
  readonly open: readonly FileItem[];
  /** The answer does not name them, or says nothing of them that is known here. */
  readonly untold: readonly FileItem[];
}

export function toldFiles(sent: SentFiles, { byFile }: MatchedResults): ToldFiles {
  const ended: EndedFile[] = [];
  const open: FileItem[] = [];
  const untold: FileItem[] = [];
  for (const file of sent.batch.files) {
    const result = byFile.get(file);
    if (result?.status === "COMPLETED" || result?.status === "FAILED") {
      ended.push(toldFile(sent, file, result));
    } else if (result?.status === "QUEUED" || result?.status === "IN_PROGRESS") {
      open.push(file);
    } else {
      untold.push(file);
    }
  }
  return { ended, open, untold };
}
