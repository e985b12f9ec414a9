import type { FailureCause } from "../failures/failure";
import { ledgersOfRun } from "../ledger/ledgers-of-run";
import type { Slice } from "../slice";
import { recordFolderFailure } from "../work/tally";
import type { Work } from "../work/work";
import { RemovedFolders } from "./removed-folders";

/** A folder that was asked for and that the server does not find. */
export interface MissingFolder {
  readonly folder: string;
  /** 0: the sync's own folder. */
  readonly depth: number;
  readonly failure: FailureCause;
  /** When its listing was asked for. ISO 8601. */
  readonly at: string;
}

/**
 * What was known of the folder is remembered as gone. The sync's own folder is missing as its definition says. One that its
 * parent names may have gone since; where the same happens in a second run, with no listing of it in between, it cannot be
 * listed, and has failed.
 * @returns whether all of that is done: forgetting may take longer than the slice, and is then to be repeated.
 */
export async function takeMissingFolder(slice: Slice, work: Work, missing: MissingFolder): Promise<boolean> {
  const { folder, depth, failure, at } = missing;
  const { context } = slice;
  const ledgers = ledgersOfRun(slice, work);
  const { notFound } = await ledgers.read(folder);
  if (!context.event.DryRun && notFound === undefined) {
    const forgotten = await new RemovedFolders(slice, work, ledgers).forget(folder, at);
    if (forgotten === "unfinished") {
      return false;
    }
    if (depth > 0) {
      await ledgers.record(folder, { notFound: context.run });
    }
  }
  if (depth === 0 && context.sync.MissingFolder === "fail") {
    recordFolderFailure(work, folder, "RemoteFolderMissing", failure);
  } else if (depth > 0 && notFound !== undefined && notFound !== context.run) {
    const detail = `${failure.detail}, as in an earlier run, though its parent is listed with it`;
    recordFolderFailure(work, folder, "ListingFailed", { ...failure, detail });
  } else {
    work.root.counters.foldersMissing += 1;
  }
  return true;
}
