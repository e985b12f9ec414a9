import { type Slice, type SliceResult, sliceHandler } from "../shared/run-slice";
import { startListings } from "./start-listings";
import { startRun } from "./start-run";

/** Begins the run in its first slice; starts listings for folders on the frontier in every slice. */
export async function remoteFoldersList(slice: Slice): Promise<SliceResult> {
  const work = await startRun(slice);
  if (work === undefined) {
    return { Status: "SKIPPED", WaitSeconds: 0 };
  }
  await startListings(slice, work);
  return { Status: "RUNNING", WaitSeconds: 0 };
}

export const handler = sliceHandler(remoteFoldersList);
