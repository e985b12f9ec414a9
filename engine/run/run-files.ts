import type { ObjectStore } from "../ports/services";
import type { Report } from "../report";
import type { RunContext } from "../run-context";
import type { Work } from "../work/work";
import { MOST_LISTED, writeLists } from "./lists";

/** Lists the files that a run transferred, or in a dry run would. @returns nothing where there are none. */
export async function listFiles(
  objects: ObjectStore,
  context: RunContext,
  work: Work | undefined,
): Promise<Report["fileLists"]> {
  if (work === undefined || work.files.length === 0) {
    return undefined;
  }
  const { transferred, wouldTransfer } = work.root.counters;
  const { lists, listed } = await writeLists(objects, context, "files", work.files.read(), MOST_LISTED);
  const unlisted = Math.max(0, transferred + wouldTransfer - listed);
  return { lists, ...(unlisted === 0 ? {} : { unlisted }) };
}
