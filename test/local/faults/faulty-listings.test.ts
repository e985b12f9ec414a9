import { expect } from "chai";
import { FaultyListings } from "../../../local/faults/faulty-listings";
import { spelled, USUAL_MANNER } from "../../../local/transfer/listing-manner";
import { planOf } from "./plan";

const LISTING = {
  files: [{ filePath: "/in/a.csv", size: 3 }],
  paths: [{ path: "/in/sub" }],
  truncated: "false",
} as const;
const OUTPUT = { bucket: "results", key: "runs/x/c-1-2.json" };

describe("FaultyListings", () => {
  it("leaves listings alone without a fault, and in other folders", () => {
    const faulty = new FaultyListings(planOf({ OddListings: [{ Folder: "/other", Path: "relative" }] }));
    expect(faulty.manner("/in")).to.equal(USUAL_MANNER);
    expect(spelled(LISTING, USUAL_MANNER)).to.deep.equal(LISTING);
    expect(USUAL_MANNER.outputFileName(OUTPUT)).to.equal("c-1-2.json");
  });

  it("spells paths and the output's name, as often as it strikes", () => {
    const faulty = new FaultyListings(
      planOf({ OddListings: [{ Path: "slashless", OutputFileName: "absolute", WritesEmpty: false, Times: 1 }] }),
    );
    const manner = faulty.manner("/in");
    expect(spelled(LISTING, manner)).to.deep.equal({
      files: [{ filePath: "in/a.csv", size: 3 }],
      paths: [{ path: "in/sub" }],
      truncated: "false",
    });
    expect(manner.outputFileName(OUTPUT)).to.equal("/results/runs/x/c-1-2.json");
    expect(manner).to.include({ writesEmpty: false, afterTransfers: false });
    expect(faulty.manner("/in")).to.equal(USUAL_MANNER);
  });
});
