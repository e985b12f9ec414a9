import { expect } from "chai";
import { eventPatternSchema, matchesPattern } from "../../../local/deployment/event-pattern";

const event = {
  source: "aws.transfer",
  "detail-type": "SFTP Connector Directory Listing Failed",
  resources: ["arn:a", "arn:b"],
  detail: { "status-code": "FAILED", count: 3, done: false },
};

describe("matchesPattern", () => {
  const cases: [what: string, pattern: object, matches: boolean][] = [
    ["an equal value", { source: ["aws.transfer"] }, true],
    ["one of several values", { source: ["aws.s3", "aws.transfer"] }, true],
    ["another value", { source: ["aws.s3"] }, false],
    ["nested fields", { detail: { "status-code": ["FAILED"], count: [3], done: [false] } }, true],
    ["one nested field that differs", { detail: { "status-code": ["FAILED"], count: [4] } }, false],
    ["a field that is missing", { detail: { other: ["x"] } }, false],
    ["an object that is missing", { other: { x: ["y"] } }, false],
    ["any element of a list", { resources: ["arn:b"] }, true],
    ["a prefix", { "detail-type": [{ prefix: "SFTP Connector" }] }, true],
    ["another prefix", { "detail-type": [{ prefix: "AS2" }] }, false],
    ["a suffix", { "detail-type": [{ suffix: "Failed" }] }, true],
    ["a field that exists", { detail: { count: [{ exists: true }] } }, true],
    ["a field that must not exist", { detail: { other: [{ exists: false }] } }, true],
  ];
  const either = (...alternatives: object[]) => ({ source: ["aws.transfer"], $or: alternatives });
  cases.push(
    ["one alternative of several", either({ detail: { count: [4] } }, { detail: { done: [false] } }), true],
    ["no alternative", either({ detail: { count: [4] } }, { detail: { done: [true] } }), false],
    ["an alternative, but not all else", { ...either({ detail: { count: [3] } }, {}), source: ["aws.s3"] }, false],
    ["an alternative within an object", { detail: { $or: [{ count: [4] }, { other: [{ exists: false }] }] } }, true],
  );
  for (const [what, pattern, matches] of cases) {
    it(`${matches ? "matches" : "does not match"} ${what}`, () => {
      expect(matchesPattern(eventPatternSchema.parse(pattern), event)).to.equal(matches);
    });
  }

  it("refuses operators that it does not know rather than match wrongly", () => {
    expect(() => eventPatternSchema.parse({ source: [{ "anything-but": "x" }] })).to.throw();
    expect(() => eventPatternSchema.parse({ $or: [{ source: [{ "anything-but": "x" }] }, {}] })).to.throw();
  });
});
