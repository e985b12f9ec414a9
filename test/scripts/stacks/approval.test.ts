import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { expectApproval } from "../../../scripts/stacks/approval";

describe("the approval of a plan", () => {
  it("is asked for at a terminal", () => {
    expect(() => expectApproval([], true)).not.to.throw();
  });

  for (const option of ["--auto-approve", "--autoApprove", "--auto-approve=true"]) {
    it(`needs no terminal with ${option}`, () => {
      expect(() => expectApproval(["--parallelism", "2", option], false)).not.to.throw();
    });
  }

  for (const options of [[], ["--no-color"], ["--auto-approve=false"]]) {
    it(`is impossible without a terminal ${options.join(" ")}`, () => {
      expect(() => expectApproval(options, false))
        .to.throw(UserError, "no terminal")
        .with.property("next")
        .that.contains("--auto-approve");
    });
  }
});
