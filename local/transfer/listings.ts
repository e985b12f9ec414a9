import type { Connector, RemoteFiles } from "./connector";
import type { ConnectorStore } from "./connector-store";
import { type ListingManner, spelled } from "./listing-manner";
import type { StartDirectoryListing } from "./requests";
import { type TransferEvent, transferEvent } from "./transfer-events";
import { writeFailure } from "./write-failure";

export interface ListingJob {
  readonly connector: Connector;
  readonly remote: RemoteFiles;
  readonly listingId: string;
  readonly request: StartDirectoryListing;
  readonly output: { readonly bucket: string; readonly key: string };
  readonly manner: ListingManner;
}

/** The name of a listing's output. */
export const outputFileName = (connectorId: string, listingId: string) => `${connectorId}-${listingId}.json`;

/**
 * Lists a folder and writes the output to S3.
 * @returns the event that tells how it ended; a failed listing leaves no other trace, as with AWS
 */
export async function runListing(store: ConnectorStore, job: ListingJob, now: () => Date): Promise<TransferEvent> {
  const { connector, remote, listingId, request, output, manner } = job;
  const start = now();
  const subject = () => ({ connectorId: connector.id, url: connector.url, start, end: now() });
  const common = {
    "listing-id": listingId,
    "max-items": request.MaxItems,
    "output-directory-path": request.OutputDirectoryPath,
    "remote-directory-path": request.RemoteDirectoryPath,
  };
  try {
    const listing = spelled(await remote.list(request.RemoteDirectoryPath, request.MaxItems), manner);
    const count = listing.files.length + listing.paths.length;
    const isWritten = count > 0 || listing.others !== undefined || manner.writesEmpty;
    if (isWritten) {
      await store.put(output.bucket, output.key, JSON.stringify(listing));
    }
    return transferEvent("SFTP Connector Directory Listing Completed", subject(), {
      ...common,
      "status-code": "COMPLETED",
      "item-count": count,
      truncated: String(listing.truncated) === "true",
      ...(isWritten ? { "output-file-location": { domain: "S3", ...output } } : {}),
    });
  } catch (error) {
    const { code, message } = writeFailure(error);
    return transferEvent("SFTP Connector Directory Listing Failed", subject(), {
      ...common,
      "status-code": "FAILED",
      "failure-code": code,
      "failure-message": message,
    });
  }
}
