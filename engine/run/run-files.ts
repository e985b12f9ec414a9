import type { ObjectStore } from "../ports/services";
import type { Report, SkippedFile } from "../report";
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
  const written = await writeLists(objects, context, "files", work.files.read(), MOST_LISTED);
  return withUnlisted(written, transferred + wouldTransfer);
}

/** Lists the files that a run skipped, as far as it noted them. @returns nothing where it noted none. */
export async function listSkipped(
  objects: ObjectStore,
  context: RunContext,
  work: Work | undefined,
): Promise<Report["skippedLists"]> {
  if (work === undefined || work.skipped.length + work.unchanged.length === 0) {
    return undefined;
  }
  const count = Object.values(work.root.counters.skipped).reduce((sum, one) => sum + one, 0);
  return withUnlisted(await writeLists(objects, context, "skipped", skippedFiles(work), MOST_LISTED), count);
}

/** Last what everybody expects: whoever reads the first lines is to learn something. */
async function* skippedFiles({ skipped, unchanged }: Work): AsyncGenerator<SkippedFile> {
  yield* skipped.read();
  yield* unchanged.read();
}

function withUnlisted({ lists, listed }: Awaited<ReturnType<typeof writeLists>>, count: number) {
  const unlisted = Math.max(0, count - listed);
  return { lists, ...(unlisted === 0 ? {} : { unlisted }) };
}
