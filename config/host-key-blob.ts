const CURVE_PREFIX = "ecdsa-sha2-";

/**
 * Why the base64 part is not a key of the type that is stated, or undefined. The wire format (RFC 4253, RFC 5656) is a
 * sequence of strings, each after its length in 4 bytes; the first is the type.
 */
export function hostKeyBlobReason(type: string, base64: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) {
    return "the key's base64 is damaged or cut off";
  }
  const strings = readStrings(Buffer.from(base64, "base64"));
  if (strings === undefined) {
    return "the key's base64 is damaged or cut off";
  }
  const [inner, second] = strings;
  if (inner?.toString("latin1") !== type) {
    return `the key's base64 does not hold a key of the type ${type}`;
  }
  // RSA: exponent and modulus. ECDSA: the curve's name and a point on it.
  if (strings.length !== 3) {
    return "the key's base64 does not hold a complete key";
  }
  if (type.startsWith(CURVE_PREFIX) && second?.toString("latin1") !== type.slice(CURVE_PREFIX.length)) {
    return `the key's base64 does not hold a key on the curve ${type.slice(CURVE_PREFIX.length)}`;
  }
  return undefined;
}

/** The strings of the blob, or undefined where a length goes beyond its end. */
function readStrings(blob: Buffer): Buffer[] | undefined {
  const strings: Buffer[] = [];
  let offset = 0;
  while (offset < blob.length) {
    if (offset + 4 > blob.length) {
      return undefined;
    }
    const end = offset + 4 + blob.readUInt32BE(offset);
    if (end > blob.length) {
      return undefined;
    }
    strings.push(blob.subarray(offset + 4, end));
    offset = end;
  }
  return strings;
}
