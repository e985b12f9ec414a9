import { type Slice, type SliceResult, sliceHandler } from "../shared/run-slice";
import { loadWork } from "../shared/work/load";
import { syncSlice } from "./sync-slice";

/** Decides what to transfer, starts transfers while the queue has room, verifies and records what has arrived. */
export async function syncRemoteFolder(slice: Slice): Promise<SliceResult> {
  return syncSlice(slice, await loadWork(slice));
}

export const handler = sliceHandler(syncRemoteFolder);
