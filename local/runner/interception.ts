import type { RequestHandler } from "../endpoint/loopback-server";
import type { FunctionConfig } from "../lambda/function-config";
import type { AbortsAt } from "../step-functions/execution";
import type { RemoteFiles } from "../transfer/connector";
import type { ListingManner } from "../transfer/listing-manner";
import type { Dial } from "../transfer/remote-server";
import type { TransferEvent } from "../transfer/transfer-events";
import type { FileRecord } from "../transfer/transfer-records";
import type { TransferLimits } from "../transfer/transfer-service";

export type EventListener = (event: TransferEvent) => Promise<void>;

/** The deployed functions, for whoever has to know which of them calls. */
export interface Callers {
  readonly functions: readonly Pick<FunctionConfig, "name" | "handler">[];
  /** Kills what a function is doing. */
  crash(name: string): Promise<void>;
}

/** What stands between the services of a local cloud. Every member takes the next one and gives the one in its place. */
export interface Interception {
  readonly limits: TransferLimits;
  readonly dial: Dial | undefined;
  readonly remote: (next: RemoteFiles) => RemoteFiles;
  /** A connector, as DescribeConnector gives it. */
  readonly description: (connector: object) => object;
  /** How the service goes about the listing of a folder. */
  readonly listingManner: (folder: string) => ListingManner;
  /** The results of one transfer, as ListFileTransferResults gives them. */
  readonly results: (files: readonly FileRecord[]) => readonly object[];
  readonly events: (next: EventListener) => EventListener;
  readonly abortsAt: AbortsAt;
  readonly requests: (callers: Callers) => (next: RequestHandler) => RequestHandler;
}
