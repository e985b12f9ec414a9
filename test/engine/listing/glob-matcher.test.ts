import { expect } from "chai";
import picomatch from "picomatch";
import { globMatcher } from "../../../engine/listing/glob-matcher";
import { LinearRegex, parseRegex, type StepCount } from "../../../engine/listing/linear-regex";
import { pick, randomNumbers } from "../../support/random";

const OPTIONS = { dot: true } as const;

/** What globs are made of, as people write them. */
const PARTS = ["a", "b", ".", "-", "*", "*", "**", "?", "/", "/", "[ab]", "[^a]", "{a,b}", "@(a|ab)", "+(a)", "\\("];

const NAMES = ["a", "b", "ab", "ba", "aa", "a.b", ".a", "-a", "a-b", "(", "abab", "c"];

function linear(glob: string): LinearRegex {
  return new LinearRegex(parseRegex(picomatch.makeRe(glob, OPTIONS).source));
}

function steps(glob: string, text: string): number {
  const count: StepCount = { steps: 0 };
  linear(glob).test(text, count);
  return count.steps;
}

describe("globs", () => {
  it("match what the library's own matcher says, however they are made", () => {
    const random = randomNumbers(20261130);
    const many = <T>(most: number, make: () => T) => Array.from({ length: 1 + Math.floor(random() * most) }, make);
    let matched = 0;
    for (let round = 0; round < 3000; round += 1) {
      const glob = many(7, () => pick(random, PARTS)).join("");
      const [library, own, always] = [picomatch(glob, OPTIONS), globMatcher([glob]), linear(glob)];
      for (const path of many(6, () => many(3, () => pick(random, NAMES)).join("/"))) {
        const expected = library(path);
        matched += expected ? 1 : 0;
        expect(own(path), `${glob} and ${path}`).to.equal(expected);
        expect(always.test(path) || path === glob, `${glob} and ${path}, place by place`).to.equal(expected);
      }
    }
    expect(matched).to.be.greaterThan(400);
  });

  it("of several match where one does", () => {
    const matches = globMatcher(["*.csv", "x/**/*-*-*.txt"]);
    expect(["a.csv", "x/1-2-3.txt", "x/y/1-2-3.txt", "x/1-2.txt", "a/a.csv"].map(matches)).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  for (const glob of ["*-*.csv", "**/*-*-*-*.csv", "+(a|b)-*-*", "**/x*/**/*y"]) {
    it(`take at most four times the work for names of twice the length: ${glob}`, () => {
      const name = (length: number) => `${"a-b".repeat(length)}.txt`;
      expect(steps(glob, name(20)) / steps(glob, name(10))).to.be.lessThan(4);
      expect(steps(glob, name(40)) / steps(glob, name(20))).to.be.lessThan(4);
    });
  }

  it("of no regular language are refused", () => {
    expect(() => new LinearRegex(parseRegex("(a)\\1"))).to.throw("\\1");
    expect(() => new LinearRegex(parseRegex("(?<=a)b"))).to.throw("(?<=a)");
  });
});
