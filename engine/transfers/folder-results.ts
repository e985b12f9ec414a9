import type { FolderLedger, LedgerChanges, LedgerEntry } from "../ledger/ledger";
import type { ObjectSummary } from "../ports/services";
import type { Slice } from "../slice";
import { failureKind } from "../transfer-failure";
import type { FileItem } from "../work/items";
import { countSkipped, recordFileFailure } from "../work/tally";
import type { Work } from "../work/work";
import { batchesOf, MAX_ATTEMPTS } from "./batches";
import type { EndedFile } from "./ended-file";
import { UnconfirmedFiles } from "./unconfirmed-files";

const NOT_IN_S3 =
  "the connector calls the transfer completed, but the object is not in S3. If a consumer takes objects away at once, say so by MissingObject: accept";

export function mayBeMissing({ context }: Slice): boolean {
  return context.sync.MissingObject === "accept";
}

export function hasListedSize({ size }: FileItem, object: ObjectSummary): boolean {
  return size === undefined || object.size === size;
}

/** What became of one folder's files. */
export class FolderResults {
  readonly verified = new Map<string, LedgerEntry>();
  private readonly unconfirmed: UnconfirmedFiles;
  /** Files to send again, by attempt. */
  private readonly retries = new Map<number, FileItem[]>();

  constructor(
    private readonly slice: Slice,
    private readonly work: Work,
    private readonly folder: string,
    ledger: FolderLedger,
  ) {
    this.unconfirmed = new UnconfirmedFiles(work, ledger);
  }

  /** @param object what S3 has of a file whose transfer is called completed. */
  take(ended: EndedFile, object: ObjectSummary | undefined): void {
    if (ended.result.status === "FAILED") {
      this.takeFailure(ended);
    } else {
      this.takeCompleted(ended, object);
    }
  }

  /** In full batches per attempt. */
  sendAgain(): void {
    for (const [attempt, files] of this.retries) {
      this.work.batches.append(batchesOf(this.folder, files, attempt));
    }
  }

  /** `undefined`: the ledger learns nothing. */
  ledgerChanges(): LedgerChanges | undefined {
    const { verified, unconfirmed } = this;
    return verified.size > 0 || unconfirmed.files.size > 0
      ? { set: verified, unconfirmed: unconfirmed.files }
      : undefined;
  }

  private takeCompleted(ended: EndedFile, object: ObjectSummary | undefined): void {
    const { counters } = this.work.root;
    const { file, result } = ended;
    const { name, size, modified } = file;
    if (object === undefined && !mayBeMissing(this.slice)) {
      // Not sent again in this run: S3 shows what it has at once, and a consumer would only get the file once more.
      recordFileFailure(this.work, result.path, NOT_IN_S3);
    } else if (object === undefined) {
      countSkipped(counters, "removed-from-s3");
      this.verified.set(name, { size, modified });
    } else if (!hasListedSize(file, object)) {
      this.unconfirmed.take(ended, "changed-during-transfer", `the object has ${object.size} bytes instead of ${size}`);
    } else {
      counters.transferred += 1;
      counters.bytes += object.size;
      this.verified.set(name, { size, modified });
    }
  }

  private takeFailure(ended: EndedFile): void {
    const { failureCode, failureMessage, path } = ended.result;
    const detail = [failureCode, failureMessage].filter((part) => part !== undefined).join(": ");
    const kind = ended.rejected ? "permanent" : failureKind(ended.result);
    if (kind === "vanished") {
      this.unconfirmed.take(ended, "vanished", detail);
    } else if (kind === "permanent" || ended.attempt + 1 >= MAX_ATTEMPTS) {
      recordFileFailure(this.work, path, detail);
    } else {
      this.retry(ended);
    }
  }

  private retry({ attempt, file }: EndedFile): void {
    const next = attempt + 1;
    this.retries.set(next, [...(this.retries.get(next) ?? []), file]);
  }
}
