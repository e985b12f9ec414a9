/**
 * Numbers by which CDKTF stands for a reference, also where they are written in a text after a minus sign: doubles whose
 * highest 16 bits are fdff, and fbff in lists (cdktf/lib/tokens/private/encoding.js). Without their sign.
 */
const RANGES = [
  { from: 1.9375 * 2 ** 992, below: 2 ** 993 },
  { from: 1.9375 * 2 ** 960, below: 2 ** 961 },
] as const;

/** A whole run of digits, so that a text is gone through once. */
const NUMBER = /([\d.]+)(?:e([+-]?)0*(\d*))?/gi;

/** More digits than any exponent of a double has that is not 0 or infinite. */
const EXPONENT_DIGITS = 4;

/**
 * The first number of a text that CDKTF may take for a reference, such as the end of `a-82e297`; undefined where there is none.
 * Whether a minus stands before it is not asked, since names are joined by one; nor where it ends, since they are cut.
 */
export function numberToken(text: string): string | undefined {
  for (const [written, mantissa = "", sign = "", digits = ""] of text.matchAll(NUMBER)) {
    const exponents = Array.from({ length: Math.min(digits.length, EXPONENT_DIGITS) }, (_, end) =>
      digits.slice(0, end + 1),
    );
    if (exponents.some((exponent) => isNumberToken(Number.parseFloat(`${mantissa}e${sign}${exponent}`)))) {
      return written;
    }
  }
  return undefined;
}

/** Whether CDKTF may take a number for a reference. */
export function isNumberToken(number: number): boolean {
  return RANGES.some(({ from, below }) => from <= Math.abs(number) && Math.abs(number) < below);
}
