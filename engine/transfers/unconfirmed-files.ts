import type { FailureCause } from "../failures/failure";
import { asListed } from "../ledger/as-listed";
import type { FolderLedger, Unconfirmed } from "../ledger/ledger";
import type { SkipReason } from "../skip-reasons";
import { countSkipped, recordFileFailure } from "../work/tally";
import type { Work } from "../work/work";
import type { EndedFile } from "./ended-file";

/**
 * Files that did not arrive as they were listed. Once, the remote server has changed or removed them meanwhile, and the next
 * run sees what they are now. Listed again just as before, they were neither changed nor removed, and have failed.
 */
export class UnconfirmedFiles {
  readonly files = new Map<string, Unconfirmed>();

  constructor(
    private readonly work: Work,
    private readonly ledger: FolderLedger,
  ) {}

  take({ file, path }: EndedFile, reason: SkipReason, { kind, detail }: FailureCause): void {
    const { name, size, modified } = file;
    const { run } = this.work.context;
    const before = asListed(this.ledger.unconfirmed, file) ?? { run, size, modified };
    // This run's own entry is there when it died before it could commit.
    if (before.run === run) {
      countSkipped(this.work.root.counters, reason);
    } else {
      const repeated = `${detail}, as in an earlier run, and the file is listed as it was then`;
      recordFileFailure(this.work, path, { kind, detail: repeated });
    }
    this.files.set(name, before);
  }
}
