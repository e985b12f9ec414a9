import { joinPath } from "../../contract/file-place";
import type {
  FailedAttempt,
  FolderLedger,
  Gone,
  LedgerChanges,
  Mark,
  Unverified,
  VerifiedFile,
} from "../ledger/ledger";
import type { ObjectSummary } from "../ports/services";
import type { Slice } from "../slice";
import { lookUpInTarget } from "../target/target-objects";
import { recordAbsentFile } from "../work/tally";
import type { Work } from "../work/work";

/** What the ledger learns, and whether the run's report had to name one of the files. */
export interface AbsentFiles {
  readonly changes: Required<Pick<LedgerChanges, "gone" | "unverified">>;
  readonly isTold: boolean;
}

/**
 * Files that the ledger knows, and that a whole listing of their folder does not name any more. What was verified is
 * remembered as gone. A mark ends too, but not silently: where an object of another size was left behind, the run fails as
 * long as that is in S3, and where an attempt failed and nobody was told, this run tells it.
 * @param at when the listing was asked for. ISO 8601.
 */
export async function absentFiles(
  slice: Slice,
  work: Work,
  folder: string,
  ledger: FolderLedger,
  isListed: (name: string) => boolean,
  at: string,
): Promise<AbsentFiles> {
  const gone = new Map<string, Gone>();
  for (const [name, verified] of ledger.files) {
    if (!isListed(name) && !ledger.marks.has(name)) {
      gone.set(name, { at, ...verified });
    }
  }
  const unverified = new Map<string, Unverified>();
  const marked = [...ledger.marks].filter(([name]) => !isListed(name));
  const objects = await lookUpInTarget(
    slice,
    folder,
    marked.map(([name]) => name),
  );
  let isTold = false;
  for (const [name, mark] of marked) {
    const path = joinPath(folder, name);
    const left = leftBehind(mark, ledger.files.get(name), objects.get(name));
    const failed = untold(mark, work.context.run);
    if (left !== undefined) {
      const detail =
        `the file is gone from the server; S3 holds ${left} bytes of it, and it was listed with ${mark.size}. ` +
        "Delete the object, or have the file delivered again";
      recordAbsentFile(work, path, { kind: "not-as-listed", detail });
      isTold = true;
    } else if (failed !== undefined) {
      const detail = "an attempt to transfer the file failed, and it is gone from the server";
      recordAbsentFile(work, path, { kind: "not-found", detail });
      unverified.set(name, { mark, failure: { ...failed, told: work.context.run } });
      isTold = true;
    } else {
      gone.set(name, { at, size: undefined, modified: undefined });
    }
  }
  return { changes: { gone, unverified }, isTold };
}

/** @returns the bytes of an object that an attempt left, which is not what was listed. */
function leftBehind(
  { at, size }: Mark,
  verified: VerifiedFile | undefined,
  object: ObjectSummary | undefined,
): number | undefined {
  if (object === undefined || size === undefined || object.size === size) {
    return undefined;
  }
  // LastModified has whole seconds.
  const isOurs =
    at === undefined
      ? object.size !== (verified?.bytes ?? verified?.size)
      : object.lastModified.getTime() >= Math.floor(Date.parse(at) / 1000) * 1000;
  return isOurs ? object.size : undefined;
}

/** @returns the failed attempt that nobody was told of, but by this run itself. */
function untold({ failure }: Mark, run: string): FailedAttempt | undefined {
  return failure?.told === undefined || failure.told === run ? failure : undefined;
}
