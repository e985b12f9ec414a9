import type { FailureCause } from "../failures/failure";
import { mayPass } from "../failures/remote-failure";
import type { FolderLedger, LedgerChanges, LedgerEntry } from "../ledger/ledger";
import type { ObjectSummary } from "../ports/services";
import type { Slice } from "../slice";
import type { FileItem } from "../work/items";
import { countSkipped, recordFileFailure } from "../work/tally";
import type { Work } from "../work/work";
import { batchesOf, MAX_ATTEMPTS } from "./batches";
import type { EndedFile } from "./ended-file";
import { UnconfirmedFiles } from "./unconfirmed-files";

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
    if (ended.failure === undefined) {
      this.takeCompleted(ended, object);
    } else {
      this.takeFailure(ended, ended.failure);
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
    const { file, path } = ended;
    const { name, size, modified } = file;
    if (object === undefined && !mayBeMissing(this.slice)) {
      // Not sent again in this run: S3 shows what it has at once, and a consumer would only get the file once more.
      recordFileFailure(this.work, path, NOT_IN_S3);
    } else if (object === undefined) {
      countSkipped(counters, "removed-from-s3");
      this.verified.set(name, { size, modified });
    } else if (!hasListedSize(file, object)) {
      const detail = `the object has ${object.size} bytes instead of ${size}`;
      this.unconfirmed.take(ended, "changed-during-transfer", { kind: "not-as-listed", detail });
    } else {
      counters.transferred += 1;
      counters.bytes += object.size;
      this.verified.set(name, { size, modified });
    }
  }

  private takeFailure(ended: EndedFile, failure: FailureCause): void {
    if (failure.kind === "not-found") {
      this.unconfirmed.take(ended, "vanished", failure);
    } else if (mayPass(failure.kind) && ended.attempt + 1 < MAX_ATTEMPTS) {
      this.retry(ended);
    } else {
      recordFileFailure(this.work, ended.path, failure);
    }
  }

  private retry({ attempt, file }: EndedFile): void {
    const next = attempt + 1;
    this.retries.set(next, [...(this.retries.get(next) ?? []), file]);
  }
}
