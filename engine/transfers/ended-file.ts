import { joinPath } from "../../contract/file-place";
import type { FileResult } from "../ports/services";
import type { Batch, FileItem } from "../work/items";

/** A file whose transfer has ended, one way or the other. */
export interface EndedFile {
  readonly folder: string;
  readonly attempt: number;
  readonly file: FileItem;
  readonly result: FileResult;
  /** The call itself was refused for good: sending the file again cannot help, whatever the message says. */
  readonly rejected: boolean;
}

/** A file that was found in S3, though the service has not said that it completed. */
export function completedFile(batch: Batch, file: FileItem): EndedFile {
  return endedFile(batch, file, { status: "COMPLETED", failureCode: undefined, failureMessage: undefined }, false);
}

/** A file that counts as failed without the service having said so of this file. @param rejected see {@link EndedFile} */
export function failedFile(batch: Batch, file: FileItem, code: string, message: string, rejected = false): EndedFile {
  return endedFile(batch, file, { status: "FAILED", failureCode: code, failureMessage: message }, rejected);
}

function endedFile(batch: Batch, file: FileItem, result: Omit<FileResult, "path">, rejected: boolean): EndedFile {
  const { folder, attempt } = batch;
  return { folder, attempt, file, result: { path: joinPath(folder, file.name), ...result }, rejected };
}
