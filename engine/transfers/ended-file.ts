import { joinPath } from "../../contract/file-place";
import type { FailureCause } from "../failures/failure";
import { remoteFailure } from "../failures/remote-failure";
import type { FileResult } from "../ports/services";
import type { Batch, FileItem } from "../work/items";

/** A file whose transfer has ended, one way or the other. */
export interface EndedFile {
  readonly folder: string;
  readonly path: string;
  readonly attempt: number;
  readonly file: FileItem;
  /** `undefined`: it completed. */
  readonly failure: FailureCause | undefined;
}

/** A file that completed: the service says so, or it was found in S3. */
export function completedFile(batch: Batch, file: FileItem): EndedFile {
  return endedFile(batch, file, undefined);
}

/** @param result of that file: the service says that it ended, under whichever path. */
export function toldFile(batch: Batch, file: FileItem, result: FileResult): EndedFile {
  const { status, failureCode: code, failureMessage: message } = result;
  const path = joinPath(batch.folder, file.name);
  return status === "FAILED"
    ? failedFile(batch, file, remoteFailure({ path, code, message }))
    : completedFile(batch, file);
}

export function failedFile(batch: Batch, file: FileItem, failure: FailureCause): EndedFile {
  return endedFile(batch, file, failure);
}

function endedFile({ folder, attempt }: Batch, file: FileItem, failure: FailureCause | undefined): EndedFile {
  return { folder, path: joinPath(folder, file.name), attempt, file, failure };
}
