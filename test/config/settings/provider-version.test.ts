import { expect } from "chai";
import { admitsNewProvider, DEFAULT_PROVIDER_RANGE } from "../../../config/settings/provider-version";

describe("a version constraint of the AWS provider", () => {
  for (const constraint of [
    DEFAULT_PROVIDER_RANGE,
    "= 5.100.0",
    "5.100.0",
    ">= 4.0",
    "~> 5.100",
    "~> 5.100.0",
    "~> 5.0",
    "~> 6.20.0",
    ">= 6.40.0",
    "!= 6.25.0",
    "<= 5.100.0",
    "< 5.100.1",
    "~> 5",
  ]) {
    it(`may be ${constraint}`, () => {
      expect(admitsNewProvider(constraint)).to.equal(true);
    });
  }

  for (const constraint of [
    "~> 4.0",
    "~> 4.67.0",
    "~> 5.99.0",
    "= 5.99.1",
    "< 5.100.0",
    "<= 5.99",
    ">= 4.0, < 5.0",
    "~> 4",
  ]) {
    it(`leaves nothing that is new enough as ${constraint}`, () => {
      expect(admitsNewProvider(constraint)).to.equal(false);
    });
  }
});
