import type { ObjectStore } from "../ports/services";
import { type Listing, parseListing } from "./listing-file";
import { isWithin } from "./remote-path";

/** `problem`: what was written there says nothing about the folder, and in which way. */
export type ReadListing = { readonly listing: Listing } | { readonly problem: string };

/** Reads what a connector wrote as the listing of a folder. */
export async function readListing(
  objects: ObjectStore,
  bucket: string,
  key: string,
  folder: string,
): Promise<ReadListing> {
  const stored = await objects.read(bucket, key);
  const listing = stored && parsed(stored.text);
  if (listing === undefined) {
    return { problem: `what the connector wrote to ${key} is not a listing` };
  }
  const foreign = foreignEntry(folder, listing);
  // Counting its entries as unsupported would be a success, and would empty the ledger.
  return foreign === undefined
    ? { listing }
    : {
        problem:
          `what the connector wrote to ${key} names nothing of the folder, but ${foreign}. ` +
          "Write Folder as the server does, or exclude the folder",
      };
}

function parsed(text: string): Listing | undefined {
  try {
    return parseListing(text);
  } catch {
    return undefined;
  }
}

/** An entry of a listing that has entries, none of them of the folder: where the connector writes paths in another way. */
function foreignEntry(folder: string, { files, folders }: Listing): string | undefined {
  const paths = [...files.map(({ path }) => path), ...folders];
  return paths.some((path) => isWithin(folder, path)) ? undefined : paths[0];
}
