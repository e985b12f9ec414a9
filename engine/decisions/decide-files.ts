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
  const first = files.map((file) => decidedFirst(file, decide(file, ledger, policy)));
  const doubtful = first.filter(isDoubtful).map(({ file }) => file.name);
  const objects = doubtful.length === 0 ? new Map<string, ObjectSummary>() : await lookUp(doubtful);
  return first.map((one) => (isDoubtful(one) ? decidedByObject(one, objects.get(one.file.name), policy) : one));
}

interface DoubtfulFile {
  readonly file: FileItem;
  readonly decision: Comparison;
}

function decidedFirst(file: FileItem, decision: Decision): DecidedFile | DoubtfulFile {
  return decision.action === "compare" ? { file, decision } : { file, decision, bytes: undefined };
}

function isDoubtful(one: DecidedFile | DoubtfulFile): one is DoubtfulFile {
  return one.decision.action === "compare";
}

function decidedByObject(
  { file, decision: { source } }: DoubtfulFile,
  object: ObjectSummary | undefined,
  policy: ObjectPolicy,
): DecidedFile {
  return { file, decision: decideByObject(file, source, object, policy), bytes: source?.bytes };
}
