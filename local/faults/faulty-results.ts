import type { FileRecord } from "../transfer/transfer-records";
import type { FaultPlan } from "./faults-schema";
import { matchesGlob } from "./globs";
import { RESULT_PATHS } from "./result-paths";
import { Triggers } from "./trigger";

type OddResult = FaultPlan["OddResults"][number];

/** Results of transfers in other words than those of the API reference. */
export class FaultyResults {
  private readonly odd: Triggers<OddResult>;

  constructor(plan: FaultPlan) {
    this.odd = new Triggers(plan.OddResults);
  }

  /** The results of one transfer, as the service then tells them. */
  around(files: readonly FileRecord[]): object[] {
    return files.flatMap((file) => {
      const fault = this.odd.strike(({ File }) => matchesGlob(File, file.FilePath));
      return fault === undefined ? [file] : Array<object>(fault.Copies).fill(told(file, fault));
    });
  }
}

function told(file: FileRecord, { Path, Completed }: OddResult): object {
  const FilePath = RESULT_PATHS[Path](file.FilePath);
  const isRenamed = Completed !== undefined && file.StatusCode === "COMPLETED";
  return { ...file, FilePath, ...(isRenamed ? { StatusCode: Completed } : {}) };
}
