import type {
  Clock,
  ConnectorDescription,
  ConnectorService,
  FileResult,
  ListingRequest,
  StartOutcome,
  TransferRequest,
} from "../engine/ports/services";
import { type ListingRules, Listings } from "./listings";
import type { SimulatedObjects } from "./object-store";
import type { RemoteTree } from "./remote-tree";
import { type FileRules, Transfers } from "./transfers";

/** What a connector lies between. */
export interface Surroundings {
  readonly objects: SimulatedObjects;
  readonly remote: RemoteTree;
  readonly clock: Clock;
}

export interface ConnectorRules<ListingMark, FileMark> {
  readonly listings: ListingRules<ListingMark>;
  readonly files: FileRules<FileMark>;
}

/**
 * The connector of every simulation: it accepts whatever is asked of it, and its rules decide what becomes of that. A
 * world with opinions of its own extends it, or stands in front of it.
 */
export class SimulatedConnector<ListingMark, FileMark> implements ConnectorService {
  readonly listings: Listings<ListingMark>;
  readonly transfers: Transfers<FileMark>;

  constructor(surroundings: Surroundings, rules: ConnectorRules<ListingMark, FileMark>) {
    this.listings = new Listings(surroundings, rules.listings);
    this.transfers = new Transfers(surroundings, rules.files);
  }

  async startListing(request: ListingRequest): Promise<StartOutcome> {
    return { status: "started", id: this.listings.start(request) };
  }

  async startTransfer(request: TransferRequest): Promise<StartOutcome> {
    return { status: "started", id: this.transfers.accept(request).id };
  }

  async results(_connectorId: string, transferId: string): Promise<FileResult[] | undefined> {
    return this.transfers.results(transferId);
  }

  async describe(_connectorId: string): Promise<ConnectorDescription> {
    return { readiness: "ready", status: "ACTIVE", maxConcurrentConnections: 5 };
  }
}
