import { expect } from "chai";
import { type Failure, failureSchema } from "../../../engine/failures/failure";

describe("failureSchema", () => {
  it("reads what a run wrote down that began under an earlier version", () => {
    const earlier = { path: "/data/bad", reason: "ListingFailed", detail: "ACCESS: Permission denied" };
    expect(failureSchema.parse(earlier)).to.deep.equal({
      path: "/data/bad",
      error: "ListingFailed",
      kind: "other",
      detail: "ACCESS: Permission denied",
    });
  });

  it("reads what it writes, and nothing that has another name", () => {
    const failure: Failure = { path: "/data/a", error: "TransferFailed", kind: "connection", detail: "reset" };
    expect(failureSchema.parse(failure)).to.deep.equal(failure);
    expect(failureSchema.safeParse({ ...failure, error: "unchanged" }).success).to.equal(false);
  });
});
