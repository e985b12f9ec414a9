import { sliceHandler } from "../shared/run-slice";
import { loadWork } from "../shared/work/load";
import { collectListings } from "./collect-listings";

/** Finds which listings have arrived, and puts their folders on the queues. */
export const handler = sliceHandler(async (slice) => {
  await collectListings(slice, await loadWork(slice));
  return { Status: "RUNNING", WaitSeconds: 0 };
});
