/** A surrogate stands for a character above U+FFFF: in UTF-8 it sorts after every other UTF-16 unit. */
const weight = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Compares by UTF-8 bytes, the order in which S3 lists keys; JavaScript's `<` compares by UTF-16 units. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      return weight(left) - weight(right);
    }
  }
  return a.length - b.length;
}
