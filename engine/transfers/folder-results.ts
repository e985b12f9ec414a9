import type { FailureCause, FailureKind } from "../failures/failure";
import { mayPass } from "../failures/remote-failure";
import type { FolderLedger, LedgerChanges, VerifiedFile } from "../ledger/ledger";
import type { ObjectSummary } from "../ports/services";
import type { Slice } from "../slice";
import { noteAnswer, noteLostConnection } from "../work/fewer-connections";
import { type Batch, type FileItem, reportedFile } from "../work/items";
import { countUnlistedBytes } from "../work/run-limits";
import { recordFileFailure, skipSeen, warnOnce } from "../work/tally";
import type { Work } from "../work/work";
import { batchesOf, MAX_ATTEMPTS } from "./batches";
import type { EndedFile } from "./ended-file";
import { UnverifiedFiles } from "./unverified-files";

const NOT_IN_S3: FailureCause = {
  kind: "not-in-s3",
  detail:
    "the connector calls the transfer completed, but the object is not in S3. If a consumer takes objects away at once, say so by MissingObject: accept",
};

export function mayBeMissing({ context }: Slice): boolean {
  return context.sync.MissingObject === "accept";
}

export function hasListedSize({ size }: FileItem, object: ObjectSummary): boolean {
  return size === undefined || object.size === size;
}

/** Failures that only a server that was reached can cause. */
const ANSWERS: readonly FailureKind[] = ["not-found", "not-permitted", "other"];

/** What became of one folder's files. */
export class FolderResults {
  readonly verified = new Map<string, VerifiedFile>();
  private readonly unverified: UnverifiedFiles;
  /** Files to send again, by attempt. */
  private readonly retries = new Map<number, FileItem[]>();

  constructor(
    private readonly slice: Slice,
    private readonly work: Work,
    private readonly folder: string,
    ledger: FolderLedger,
  ) {
    this.unverified = new UnverifiedFiles(ledger, slice.context);
  }

  /** @param object what S3 has of a file whose transfer is called completed. */
  take(ended: EndedFile, object: ObjectSummary | undefined): void {
    const { file, failure } = ended;
    if (failure === undefined || ANSWERS.includes(failure.kind)) {
      noteAnswer(this.slice, this.work, ended.sent);
    }
    if (object !== undefined) {
      countUnlistedBytes(this.work, file, object.size);
    }
    const recorded = this.unverified.recorded(ended);
    if (failure === undefined && object !== undefined && hasListedSize(file, object)) {
      this.takeVerified(file, object);
    } else if (recorded !== undefined && (object === undefined || recorded.bytes !== object.size)) {
      this.takeRecorded(file, recorded);
    } else if (failure !== undefined) {
      this.takeFailure(ended, failure);
    } else if (object === undefined) {
      this.takeMissing(ended);
    } else {
      this.takeChanged(ended, object, recorded !== undefined);
    }
  }

  /** Leaves out files that need not be sent again: they were recorded. */
  withoutRecorded(batch: Batch): Batch[] {
    const files = batch.files.filter((file) => {
      const recorded = this.unverified.recorded({ file, failure: undefined });
      if (recorded !== undefined) {
        this.takeRecorded(file, recorded);
      }
      return recorded === undefined;
    });
    return files.length === 0 ? [] : [{ ...batch, files }];
  }

  /** In full batches per attempt. */
  sendAgain(): void {
    for (const [attempt, files] of this.retries) {
      this.work.batches.append(batchesOf(this.folder, files, attempt));
    }
  }

  /** `undefined`: the ledger learns nothing. */
  ledgerChanges(): LedgerChanges | undefined {
    const { verified, unverified } = this;
    return verified.size + unverified.files.size > 0 ? { set: verified, unverified: unverified.files } : undefined;
  }

  private takeRecorded({ name, size, modified }: FileItem, { bytes = size ?? 0 }: VerifiedFile): void {
    this.count({ name, size: bytes, modified });
  }

  private takeVerified({ name, size, modified }: FileItem, object: ObjectSummary): void {
    this.count({ name, size: object.size, modified });
    this.verified.set(name, {
      size,
      modified,
      ...(size === undefined || size === object.size ? {} : { bytes: object.size }),
    });
  }

  /** @param file with the bytes that arrived. */
  private count({ name, size, modified }: FileItem & { readonly size: number }): void {
    const { counters } = this.work.root;
    counters.transferred += 1;
    counters.bytes += size;
    this.work.noteFiles([reportedFile(this.folder, { name, size, modified })]);
  }

  private takeMissing({ file, path }: EndedFile): void {
    const { name, size, modified } = file;
    if (mayBeMissing(this.slice)) {
      skipSeen(this.work, "removed-from-s3", [reportedFile(this.folder, file)]);
      this.verified.set(name, { size, modified });
    } else {
      // Not sent again in this run: S3 shows what it has at once, and a consumer would only get the file once more.
      recordFileFailure(this.work, path, NOT_IN_S3);
      this.unverified.addFailure(file, true);
    }
  }

  /** Once, the file has changed since it was listed. Twice the same, the server lists a size that never arrives. */
  private takeChanged({ file, path }: EndedFile, object: ObjectSummary, isRecorded: boolean): void {
    const before = this.unverified.repeatedDoubt(file);
    const isSame = isRecorded || (before?.outcome === "changed" && before.bytes === object.size);
    if (isSame && this.slice.context.sync.SizeMismatch === "accept") {
      warnOnce(
        this.work,
        "Files are listed in a size that never arrives, and count as transferred once the same other size has arrived twice. " +
          "Where that must not be, set SizeMismatch: fail. It is so with files",
        `${path}: ${file.size} bytes listed, ${object.size} arrived`,
      );
      this.takeVerified(file, object);
      return;
    }
    this.unverified.addDoubt(file, "changed", object.size);
    if (before === undefined) {
      skipSeen(this.work, "changed-during-transfer", [reportedFile(this.folder, file)]);
    } else {
      const detail = `the object has ${object.size} bytes instead of ${file.size}`;
      recordFileFailure(this.work, path, repeated({ kind: "not-as-listed", detail }));
    }
  }

  private takeFailure(ended: EndedFile, failure: FailureCause): void {
    if (failure.kind === "not-found") {
      this.takeVanished(ended, failure);
      return;
    }
    const next = this.isFree(ended, failure) ? ended.attempt : ended.attempt + 1;
    if (mayPass(failure.kind) && next < MAX_ATTEMPTS) {
      this.retries.set(next, [...(this.retries.get(next) ?? []), ended.file]);
      this.unverified.addFailure(ended.file, false);
    } else {
      recordFileFailure(this.work, ended.path, failure);
      this.unverified.addFailure(ended.file, true);
    }
  }

  /** An absence explains itself only where the file was never tried and found wanting. */
  private takeVanished({ attempt, file, path }: EndedFile, failure: FailureCause): void {
    if (attempt > 0 || this.unverified.hasFailed(file)) {
      recordFileFailure(this.work, path, { ...failure, detail: `${failure.detail}, after an attempt that failed` });
      this.unverified.addFailure(file, true);
      return;
    }
    if (this.unverified.repeatedDoubt(file) === undefined) {
      skipSeen(this.work, "vanished", [reportedFile(this.folder, file)]);
    } else {
      recordFileFailure(this.work, path, repeated(failure));
    }
    this.unverified.addDoubt(file, "vanished");
  }

  /** Whether the attempt does not count: more connections were asked for then than the server takes. */
  private isFree({ sent }: EndedFile, cause: FailureCause): boolean {
    return cause.kind === "connection" && noteLostConnection(this.slice, this.work, sent, cause);
  }
}

function repeated({ kind, detail }: FailureCause): FailureCause {
  return { kind, detail: `${detail}, as in an earlier run, and the file is listed as it was then` };
}
