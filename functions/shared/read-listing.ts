import { type Listing, parseListing } from "./listing-file";
import type { ObjectStore } from "./services";

/** `undefined`: what lies there is no listing. */
export async function readListing(objects: ObjectStore, bucket: string, key: string): Promise<Listing | undefined> {
  const stored = await objects.read(bucket, key);
  try {
    return stored && parseListing(stored.text);
  } catch {
    return undefined;
  }
}
