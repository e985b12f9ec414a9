/** The first UTF-16 unit whose order is not that of UTF-8's bytes: halves of letters beyond U+FFFF stand before U+E000. */
const FIRST_SURROGATE = 0xd800;
const AFTER_SURROGATES = 0xe000;

/** S3's order of keys, that of their UTF-8 bytes, without encoding them: a folder of 10,000 files compares a lot. */
export function byUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) {
      return difference;
    }
  }
  return a.length - b.length;
}

/** Puts the halves of letters beyond U+FFFF behind all else. */
function rank(unit: number): number {
  if (unit < FIRST_SURROGATE) {
    return unit;
  }
  return unit < AFTER_SURROGATES ? unit + 0x2000 : unit - 0x800;
}
