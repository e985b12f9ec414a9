import { joinPath } from "../../contract/file-place";
import type { FailureCause } from "../failures/failure";
import { remoteFailure } from "../failures/remote-failure";
import type { FileResult } from "../ports/services";
import type { SentRequest } from "../work/fewer-connections";
import type { Batch, FileItem } from "../work/items";

/** A batch that was sent. */
export interface SentFiles {
  readonly batch: Batch;
  readonly sent: SentRequest;
}

/** A file whose transfer has ended, one way or the other. */
export interface EndedFile {
  readonly folder: string;
  readonly path: string;
  readonly attempt: number;
  readonly sent: SentRequest;
  readonly file: FileItem;
  /** `undefined`: it completed. */
  readonly failure: FailureCause | undefined;
}

/** A file that completed: the service says so, or it was found in S3. */
export function completedFile(from: SentFiles, file: FileItem): EndedFile {
  return endedFile(from, file, undefined);
}

/** @param result of that file: the service says that it ended, under whichever path. */
export function toldFile(from: SentFiles, file: FileItem, result: FileResult): EndedFile {
  const { status, failureCode: code, failureMessage: message } = result;
  const path = joinPath(from.batch.folder, file.name);
  return status === "FAILED"
    ? failedFile(from, file, remoteFailure({ path, code, message }))
    : completedFile(from, file);
}

export function failedFile(from: SentFiles, file: FileItem, failure: FailureCause): EndedFile {
  return endedFile(from, file, failure);
}

function endedFile({ batch, sent }: SentFiles, file: FileItem, failure: FailureCause | undefined): EndedFile {
  const { folder, attempt } = batch;
  return { folder, path: joinPath(folder, file.name), attempt, sent, file, failure };
}
