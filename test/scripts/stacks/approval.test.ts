import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { expectApproval } from "../../../scripts/stacks/approval";

const NEXT = "the same command with --auto-approve";

describe("the approval of a plan", () => {
  it("is asked for at a terminal", () => {
    expect(() => expectApproval([], NEXT, true)).not.to.throw();
  });

  for (const option of ["--auto-approve", "--autoApprove", "--auto-approve=true"]) {
    it(`needs no terminal with ${option}`, () => {
      expect(() => expectApproval(["--parallelism", "2", option], NEXT, false)).not.to.throw();
    });
  }

  for (const options of [[], ["--no-color"], ["--auto-approve=false"]]) {
    it(`is impossible without a terminal ${options.join(" ")}`, () => {
      expect(() => expectApproval(options, NEXT, false))
        .to.throw(UserError, "no terminal")
        .with.property("next")
        .that.equals(NEXT);
    });
  }
});
