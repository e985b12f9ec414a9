import { expect } from "chai";
import fc from "fast-check";
import { parseGlob } from "../../config/fields/globs";
import { isReadableGlob } from "../../contract/glob-size";
import { libraryGlob } from "../../engine/listing/glob";
import { globRegex } from "../../engine/listing/glob-regex";
import { LinearRegex, parseRegex, type StepCount } from "../../engine/listing/linear-regex";
import { pathFilter } from "../../engine/listing/path-filter";
import { expectReadable, fuzz } from "./support/fuzz";
import { type Glob, globs, globText, takes } from "./support/glob-reference";
import { anyText, mutated } from "./support/hostile";

const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "b", "ab", "A", ".a", "a-b", "a1", "é", "(", "*", "日", "x y", "tmp") },
  fc.constantFrom("aab", "abab", "tmp.csv", "a.csv", "-", "1", "c", "b1b", "...", "a.b"),
);

const path = fc.array(name, { minLength: 1, maxLength: 4 });

const pairs: fc.Arbitrary<readonly [Glob, readonly string[]]> = fc.tuple(globs, path);

describe("hostile globs", () => {
  it("take what docs/globs.md says, by a reading of its own", () => {
    let taken = 0;
    fuzz(pairs, 250, ([glob, levels]) => {
      const text = globText(glob);
      expect(parseGlob(text).findings.filter(({ severity }) => severity === "error")).to.deep.equal([]);
      const expected = takes(glob, levels);
      taken += expected ? 1 : 0;
      expect(pathFilter([text], []).file(levels.join("/")), `${text} and ${levels.join("/")}`).to.equal(expected);
      expect(pathFilter([], [text]).file(levels.join("/"))).to.equal(!expected);
    });
    expect(taken).to.be.greaterThan(0);
  });

  it("spare no folder in which a wanted file lies", () => {
    const lists = fc.tuple(
      fc.array(mutated(globs.map(globText)), { maxLength: 3 }),
      fc.array(globs.map(globText), { maxLength: 2 }),
      path,
    );
    fuzz(lists, 100, ([include, exclude, levels]) => {
      const readable = include.filter((glob) => parseGlob(glob).value !== undefined);
      const filter = pathFilter(readable, exclude);
      if (filter.file(levels.join("/"))) {
        for (const depth of levels.slice(1).keys()) {
          expect(filter.folder(levels.slice(0, depth + 1).join("/")), `${readable} for ${levels}`).to.equal(true);
        }
      }
    });
  });

  it("are refused in words, or can be held against any path", () => {
    fuzz(fc.tuple(fc.oneof(mutated(globs.map(globText)), anyText), anyText), 100, ([text, other]) => {
      const { value, findings } = parseGlob(text);
      expect(value === undefined).to.equal(findings.some(({ severity }) => severity === "error"));
      for (const { message, received = "", allowed = "" } of findings) {
        expectReadable(`${message} ${received} ${allowed}`);
      }
      if (text !== "" && isReadableGlob(text)) {
        const { file, folder } = pathFilter([text], [text]);
        expect([file(other), folder(other)]).to.satisfy((results: unknown[]) =>
          results.every((one) => typeof one === "boolean"),
        );
      }
    });
  });

  it("take at most four times the steps for paths of twice the length", () => {
    fuzz(
      fc.tuple(
        fc.oneof(globs.map(globText), mutated(globs.map(globText))),
        fc.array(name, { minLength: 1, maxLength: 5 }),
      ),
      30,
      ([text, names]) => {
        fc.pre(parseGlob(text).value !== undefined);
        const regex = linear(text);
        fc.pre(regex !== undefined);
        const part = `${names.join("-")}/`;
        const [one, two] = [8, 16].map((times) => stepsOf(regex, part.repeat(times)));
        expect(Number(two)).to.be.at.most(4 * Number(one) + 100);
      },
    );
  });
});

function linear(glob: string): LinearRegex | undefined {
  try {
    return new LinearRegex(parseRegex(globRegex(libraryGlob(glob), { dot: true }).source));
  } catch {
    return undefined;
  }
}

function stepsOf(regex: LinearRegex, text: string): number {
  const count: StepCount = { steps: 0 };
  regex.test(text, count);
  return count.steps;
}
