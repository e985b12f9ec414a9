import { sliceHandler } from "../shared/run-slice";
import { loadWork } from "../shared/work/load";
import { syncSlice } from "./sync-slice";

/** Decides what to transfer, starts transfers while the queue has room, verifies and records what has arrived. */
export const handler = sliceHandler(async (slice) => syncSlice(slice, await loadWork(slice)));
