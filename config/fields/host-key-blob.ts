const CURVE_PREFIX = "ecdsa-sha2-";

/** A point in its uncompressed form, the only one that SSH uses: 4, and both coordinates (RFC 5656, SEC 1). */
const POINT_BYTES: Readonly<Record<string, number>> = { nistp256: 65, nistp384: 97, nistp521: 133 };
const UNCOMPRESSED = 4;

/** What OpenSSH takes at least (RequiredRSASize); AWS documents no limit of its own. */
const MIN_RSA_BITS = 1024;

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
  const [inner, second, third] = strings;
  if (inner?.toString("latin1") !== type) {
    return `the key's base64 does not hold a key of the type ${type}`;
  }
  // RSA: exponent and modulus. ECDSA: the curve's name and a point on it.
  if (strings.length !== 3 || second === undefined || third === undefined) {
    return "the key's base64 does not hold a complete key";
  }
  return type.startsWith(CURVE_PREFIX)
    ? ecdsaReason(type.slice(CURVE_PREFIX.length), second.toString("latin1"), third)
    : rsaReason(third);
}

function ecdsaReason(curve: string, stated: string, point: Buffer): string | undefined {
  if (stated !== curve) {
    return `the key's base64 does not hold a key on the curve ${curve}`;
  }
  return point.length === POINT_BYTES[curve] && point[0] === UNCOMPRESSED
    ? undefined
    : `the key's base64 does not hold a point of the curve ${curve}`;
}

function rsaReason(modulus: Buffer): string | undefined {
  const bits = BigInt(`0x0${modulus.toString("hex")}`).toString(2).length;
  return bits < MIN_RSA_BITS ? `the key has ${bits} bits, and ${MIN_RSA_BITS} are the least` : undefined;
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
