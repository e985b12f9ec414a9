import type { FolderLedger } from "../ledger/ledger";
import type { ObjectSummary } from "../ports/services";
import type { FileItem } from "../work/items";
import {
  type Comparison,
  type Decision,
  type DecisionPolicy,
  decide,
  decideByObject,
  type FinalDecision,
  type ObjectPolicy,
} from "./decide";

export interface DecidedFile {
  readonly file: FileItem;
  readonly decision: FinalDecision;
  /** Bytes of the object that the decision stands on, where they are not the listed ones. */
  readonly bytes: number | undefined;
}

/** @param lookUp asks the target bucket for the names that only S3 can decide; not called where there are none. */
export async function decideFiles(
  files: readonly FileItem[],
  ledger: FolderLedger,
  policy: DecisionPolicy & ObjectPolicy,
  lookUp: (names: readonly string[]) => Promise<ReadonlyMap<string, ObjectSummary>>,
): Promise<DecidedFile[]> {
  const first = files.map((file) => ({ file, decision: decide(file, ledger, policy) }));
  const doubtful = first.filter(({ decision }) => isComparison(decision)).map(({ file }) => file.name);
  const objects = doubtful.length === 0 ? new Map<string, ObjectSummary>() : await lookUp(doubtful);
  return first.map(({ file, decision }) =>
    isComparison(decision)
      ? {
          file,
          decision: decideByObject(file, decision.source, objects.get(file.name), policy),
          bytes: decision.source?.bytes,
        }
      : { file, decision, bytes: undefined },
  );
}

function isComparison(decision: Decision): decision is Comparison {
  return decision.action === "compare";
}
