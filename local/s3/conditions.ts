import { noSuchKey, preconditionFailed } from "./s3-error";

/** Write only where no object is, or only over the one with this ETag. */
export type WriteCondition = { readonly ifAbsent: true } | { readonly ifMatch: string };

const unquoted = (etag: string) => etag.replace(/^"(.*)"$/, "$1");

/** Clients may leave the quotes out. */
export const sameETag = (a: string, b: string) => unquoted(a) === unquoted(b);

/**
 * Holds a write's condition against the object that is there.
 * @throws S3Error PreconditionFailed, or NoSuchKey where there is no object to match
 */
export function checkCondition(condition: WriteCondition, key: string, currentETag: string | undefined): void {
  if ("ifAbsent" in condition) {
    if (currentETag !== undefined) {
      throw preconditionFailed();
    }
  } else if (currentETag === undefined) {
    throw noSuchKey(key);
  } else if (!sameETag(currentETag, condition.ifMatch)) {
    throw preconditionFailed();
  }
}
