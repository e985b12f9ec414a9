import type { FolderLedger } from "../ledger/ledger";
import type { ObjectSummary } from "../ports/services";
import type { FileItem } from "../work/items";
import { type DecisionPolicy, decide, decideByObject, type FinalDecision } from "./decide";

export interface DecidedFile {
  readonly file: FileItem;
  readonly decision: FinalDecision;
}

/** @param lookUp asks the target bucket for the names that only S3 can decide; not called where there are none. */
export async function decideFiles(
  files: readonly FileItem[],
  ledger: FolderLedger,
  policy: DecisionPolicy,
  lookUp: (names: readonly string[]) => Promise<ReadonlyMap<string, ObjectSummary>>,
): Promise<DecidedFile[]> {
  const first = files.map((file) => ({ file, decision: decide(file, ledger, policy) }));
  const doubtful = first.filter(({ decision }) => decision.action === "compare").map(({ file }) => file.name);
  const objects = doubtful.length === 0 ? new Map<string, ObjectSummary>() : await lookUp(doubtful);
  return first.map(({ file, decision }) => ({
    file,
    decision: decision.action === "compare" ? decideByObject(file, objects.get(file.name)) : decision,
  }));
}
