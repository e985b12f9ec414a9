import type { ObjectStore } from "../ports/services";
import { type FolderListing, folderListing } from "./folder-listing";
import { type Listing, parseListing } from "./listing-file";

/** `problem`: what was written there says nothing about the folder, and in which way. */
export type ReadListing = { readonly listing: FolderListing } | { readonly problem: string };

/** Reads what a connector wrote as the listing of a folder. */
export async function readListing(
  objects: ObjectStore,
  bucket: string,
  key: string,
  folder: string,
): Promise<ReadListing> {
  const stored = await objects.read(bucket, key);
  const written = stored && parsed(stored.text);
  if (written === undefined) {
    return { problem: `what the connector wrote to ${key} is not a listing` };
  }
  const listing = folderListing(folder, written);
  // Counting its entries as unsupported would be a success, and would empty the ledger.
  return "foreign" in listing
    ? {
        problem:
          `what the connector wrote to ${key} names nothing of the folder, but ${listing.foreign}. ` +
          "Write Folder as the server does, or exclude the folder",
      }
    : { listing };
}

function parsed(text: string): Listing | undefined {
  try {
    return parseListing(text);
  } catch {
    return undefined;
  }
}
