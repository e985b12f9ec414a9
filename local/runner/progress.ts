import type { TransferEvent } from "../transfer/transfer-events";

/** How far a run has come, as its connector tells. */
export interface Progress {
  readonly foldersListed: number;
  readonly foldersFailed: number;
  /** Files and folders in the listings so far. */
  readonly entries: number;
  readonly transferred: number;
  readonly failed: number;
  readonly bytes: number;
  /** How fast files arrive at the moment; absent where nobody has measured it. */
  readonly bytesPerSecond?: number | undefined;
}

export const NO_PROGRESS: Progress = {
  foldersListed: 0,
  foldersFailed: 0,
  entries: 0,
  transferred: 0,
  failed: 0,
  bytes: 0,
};

/** Counts one event of the connector. */
export function countEvent(progress: Progress, { "detail-type": name, detail }: TransferEvent): Progress {
  switch (name) {
    case "SFTP Connector Directory Listing Completed":
      return {
        ...progress,
        foldersListed: progress.foldersListed + 1,
        entries: progress.entries + Number(detail["item-count"] ?? 0),
      };
    case "SFTP Connector Directory Listing Failed":
      return { ...progress, foldersFailed: progress.foldersFailed + 1 };
    case "SFTP Connector File Retrieve Completed":
      return {
        ...progress,
        transferred: progress.transferred + 1,
        bytes: progress.bytes + Number(detail.bytes ?? 0),
      };
    case "SFTP Connector File Retrieve Failed":
      return { ...progress, failed: progress.failed + 1 };
  }
}
