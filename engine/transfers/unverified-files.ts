import type { FailureKind } from "../failures/failure";
import { asListed } from "../ledger/as-listed";
import type { Doubt, DoubtOutcome, FolderLedger, LedgerEntry, Mark, Unverified, VerifiedFile } from "../ledger/ledger";
import type { FileItem } from "../work/items";
import type { EndedFile } from "./ended-file";

/** The run whose transfers these are: this one, or one that it took over. */
export interface SendingRun {
  readonly run: string;
  readonly startedAt: Date;
}

/** Failures of which the service says nothing. */
const UNTOLD: readonly FailureKind[] = ["unanswered", "no-result"];

/** What the ledger is to remember of a folder's files whose transfers ended without being verified. */
export class UnverifiedFiles {
  readonly files = new Map<string, Unverified>();

  constructor(
    private readonly ledger: FolderLedger,
    private readonly sender: SendingRun,
  ) {}

  /** What became of the file in an earlier run, listed just as it is now. What the sender wrote itself, before it died, is none. */
  repeatedDoubt(file: FileItem): Doubt | undefined {
    const doubt = listedSo(this.ledger.marks.get(file.name)?.doubt, file);
    return doubt?.run === this.sender.run ? undefined : doubt;
  }

  /**
   * What the ledger has recorded of the file since it was sent: the mark that it got before is gone. A slice did so that
   * died before the work state knew. Whatever S3 shows by now, the file was there. A failure that the service tells is one
   * all the same: earlier versions sent files without a mark.
   */
  recorded({ file, failure }: Pick<EndedFile, "file" | "failure">): VerifiedFile | undefined {
    const isOpen = this.ledger.marks.has(file.name) || (failure !== undefined && !UNTOLD.includes(failure.kind));
    return isOpen ? undefined : listedSo(this.ledger.files.get(file.name), file);
  }

  /** Whether an attempt at the file has failed, in any run, since it was listed so. */
  hasFailed(file: FileItem): boolean {
    return listedSo(this.ledger.marks.get(file.name)?.failure, file) !== undefined;
  }

  /** @param bytes of the object that arrived instead. */
  addDoubt(file: FileItem, outcome: DoubtOutcome, bytes?: number): void {
    const { name, size, modified } = file;
    const run = this.repeatedDoubt(file)?.run ?? this.sender.run;
    const doubt = { outcome, run, size, modified, ...(bytes === undefined ? {} : { bytes }) };
    this.files.set(name, { mark: this.mark(file), doubt });
  }

  /** @param isTold whether the run's report names it. */
  addFailure(file: FileItem, isTold: boolean): void {
    const { name, size, modified } = file;
    const failure = { size, modified, ...(isTold ? { told: this.sender.run } : {}) };
    this.files.set(name, { ...this.files.get(name), mark: this.mark(file), failure });
  }

  private mark({ size, modified }: FileItem): Mark {
    return { at: this.sender.startedAt.toISOString(), size, modified };
  }
}

function listedSo<T extends LedgerEntry>(known: T | undefined, file: FileItem): T | undefined {
  return known && asListed(new Map([[file.name, known]]), file);
}
