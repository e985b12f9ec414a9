import { type Slice, type SliceResult, sliceHandler } from "../shared/run-slice";
import { loadWork } from "../shared/work/load";
import { collectListings } from "./collect-listings";

/** Finds which listings have arrived, and puts their folders on the queues. */
export async function getListStatus(slice: Slice): Promise<SliceResult> {
  await collectListings(slice, await loadWork(slice));
  return { Status: "RUNNING", WaitSeconds: 0 };
}

export const handler = sliceHandler(getListStatus);
