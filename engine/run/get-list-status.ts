import { collectListings } from "../listing/collect-listings";
import type { Slice, SliceResult } from "../slice";
import { loadWork } from "../work/load";

/** Finds which listings have arrived, and puts their folders on the queues. */
export async function getListStatus(slice: Slice): Promise<SliceResult> {
  await collectListings(slice, await loadWork(slice));
  return { Status: "RUNNING", WaitSeconds: 0 };
}
