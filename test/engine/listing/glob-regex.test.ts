import { expect } from "chai";
import { globMatcher } from "../../../engine/listing/glob-matcher";

const PATHS = ["a", "ab", "b", "a.csv", "ab.csv", "a/x", "ab/x", "ab/y/x", "b/x", "draft.csv", "draft-1.csv", "x.csv"];

describe("globs with what is not wanted", () => {
  for (const [glob, taken] of [
    ["!(a)", ["ab", "b", "a.csv", "ab.csv", "draft.csv", "draft-1.csv", "x.csv"]],
    ["!(a)/x", ["ab/x", "b/x"]],
    ["!(a)/**/x", ["ab/x", "ab/y/x", "b/x"]],
    ["!(a|b)/**/!(y)", ["ab/x", "ab/y/x"]],
    ["!(a|draft).csv", ["ab.csv", "draft-1.csv", "x.csv"]],
    ["{!(a),b}.csv", ["ab.csv", "draft.csv", "draft-1.csv", "x.csv"]],
    ["!(draft)*.csv", ["a.csv", "ab.csv", "x.csv"]],
    ["ab/**/?(x)", ["ab/x", "ab/y/x"]],
  ] as const) {
    it(`take whatever is another name: ${glob}`, () => {
      expect(PATHS.filter(globMatcher([glob]))).to.deep.equal(taken);
    });
  }
});
