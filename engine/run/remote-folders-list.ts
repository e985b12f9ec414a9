import { startListings } from "../listing/start-listings";
import type { Slice, SliceResult } from "../slice";
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
