import type { SliceFunction } from "../../contract/run-loop";
import { collectListings } from "../listing/collect-listings";
import { startListings } from "../listing/start-listings";
import type { Slice, SliceResult } from "../slice";
import { loadWork } from "../work/load";
import { startRun } from "./start-run";
import { syncSlice } from "./sync-slice";

/** Begins the run in its first slice; starts listings for folders on the frontier in every slice. */
export async function remoteFoldersList(slice: Slice): Promise<SliceResult> {
  const work = await startRun(slice);
  if (work === undefined) {
    return { Status: "SKIPPED", WaitSeconds: 0 };
  }
  await startListings(slice, work);
  return { Status: "RUNNING", WaitSeconds: 0 };
}

/** Finds which listings have arrived, and puts their folders on the queues. */
export async function getListStatus(slice: Slice): Promise<SliceResult> {
  await collectListings(slice, await loadWork(slice));
  return { Status: "RUNNING", WaitSeconds: 0 };
}

/** Decides what to transfer, starts transfers while the queue has room, verifies and records what has arrived. */
export async function syncRemoteFolder(slice: Slice): Promise<SliceResult> {
  return syncSlice(slice, await loadWork(slice));
}

/** What each function of the loop does. */
export const SLICES: Readonly<Record<SliceFunction, (slice: Slice) => Promise<SliceResult>>> = {
  "remote-folders-list": remoteFoldersList,
  "get-list-status": getListStatus,
  "sync-remote-folder": syncRemoteFolder,
};
