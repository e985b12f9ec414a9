import { createTokenDouble, extractTokenDouble, TokenString } from "cdktf/lib/tokens/private/encoding";
import { expect } from "chai";
import fc from "fast-check";
import { isNumberToken, numberToken } from "../../../config/naming/number-tokens";

/** Whether CDKTF looks for a reference where it resolves the text. */
function isTakenByCdktf(text: string): boolean {
  let taken = false;
  TokenString.forNumbers(text).split((written: string) => {
    taken ||= extractTokenDouble(Number.parseFloat(written), false) !== undefined;
    return undefined as never;
  });
  return taken;
}

const indexes = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe("numberToken", () => {
  it("knows every number that CDKTF makes", () => {
    fc.assert(
      fc.property(indexes, fc.boolean(), (index, list) => {
        const number = createTokenDouble(index, list);
        expect(isNumberToken(number)).to.equal(true);
        expect(numberToken(`a${number}b`), String(number)).not.to.equal(undefined);
      }),
    );
  });

  it("finds whatever CDKTF finds in a text", () => {
    let taken = 0;
    // About 8.11e298 to 8.37e298, with the point anywhere.
    const numbers = fc
      .tuple(fc.integer({ min: 8000, max: 8500 }), fc.nat(4), fc.constantFrom("e", "e+", "e0"))
      .map(([digits, at, e]) => `${String(digits).slice(0, at)}.${String(digits).slice(at)}${e}${299 - at}`);
    const starts = fc.constantFrom("", "-", "a-", "5-", "|-", "-0");
    fc.assert(
      fc.property(starts, numbers, fc.constantFrom("", "-b", ".5", "e5", "|1", " "), (start, number, end) => {
        const text = `${start}${number}${end}`;
        if (isTakenByCdktf(text)) {
          taken += 1;
          expect(numberToken(text), text).not.to.equal(undefined);
        }
      }),
      { numRuns: 2000 },
    );
    expect(taken).to.be.above(100);
  });

  for (const text of ["-82e297", "82e297", "x-82E297-y", "8200e295", "a.82e299", "-82e29712", "-82e00297"]) {
    it(`finds one in ${text}, with whatever stands before it and wherever it is cut`, () => {
      expect(numberToken(text)).not.to.equal(undefined);
    });
  }

  for (const text of ["", "2026-11-30", "1e5", "-1e300", "a8e2", "v1.2.3", "82e", "e297", "192.0.2.1", "-9e298"]) {
    it(`finds none in ${JSON.stringify(text)}`, () => {
      expect(numberToken(text)).to.equal(undefined);
    });
  }
});
