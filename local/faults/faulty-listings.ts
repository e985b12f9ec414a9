import { type ListingManner, USUAL_MANNER } from "../transfer/listing-manner";
import type { FaultPlan } from "./faults-schema";
import { matchesGlob } from "./globs";
import { LISTED_PATHS, OUTPUT_NAMES } from "./listing-forms";
import { Triggers } from "./trigger";

/** Listings in another manner than that of the documentation's examples. */
export class FaultyListings {
  private readonly odd: Triggers<FaultPlan["OddListings"][number]>;

  constructor(plan: FaultPlan) {
    this.odd = new Triggers(plan.OddListings);
  }

  /** How the service goes about the listing of a folder that is asked for now. */
  manner(folder: string): ListingManner {
    const fault = this.odd.strike(({ Folder }) => matchesGlob(Folder, folder));
    return fault === undefined
      ? USUAL_MANNER
      : {
          path: LISTED_PATHS[fault.Path],
          outputFileName: OUTPUT_NAMES[fault.OutputFileName],
          writesEmpty: fault.WritesEmpty,
          afterTransfers: fault.AfterTransfers,
        };
  }
}
