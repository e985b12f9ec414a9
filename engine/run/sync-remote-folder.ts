import type { Slice, SliceResult } from "../slice";
import { loadWork } from "../work/load";
import { syncSlice } from "./sync-slice";

/** Decides what to transfer, starts transfers while the queue has room, verifies and records what has arrived. */
export async function syncRemoteFolder(slice: Slice): Promise<SliceResult> {
  return syncSlice(slice, await loadWork(slice));
}
