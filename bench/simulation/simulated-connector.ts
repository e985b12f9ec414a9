import type {
  ConnectorDescription,
  ConnectorService,
  FileResult,
  ListingRequest,
  StartOutcome,
  TransferRequest,
} from "../../engine/ports/services";
import type { SimulatedClock } from "../../simulation/clock";
import { Listings } from "../../simulation/listings";
import type { SimulatedObjects } from "../../simulation/object-store";
import { plainListing } from "../../simulation/plain-listing";
import type { RemoteTree } from "../../simulation/remote-tree";
import { Transfers } from "../../simulation/transfers";
import { Lanes, type Span } from "./lanes";

/** How fast the remote server is, and what it denies. */
export interface Pace {
  /** From the call to the listing in S3. */
  readonly listingSeconds: number;
  /** One file over one connection. */
  readonly fileSeconds: number;
  readonly connections: number;
  /** Whether a file may not be read; none by default. */
  denies?(path: string): boolean;
}

/** Files that may wait in one connector (Transfer Family user guide, quotas). */
const QUEUE = 1000;

/** Of each path in a call (Transfer API model). */
const MAX_PATH_CHARACTERS = 1024;

/** The connector over a simulated tree: listings and files arrive in their buckets when the virtual clock says so. */
export class SimulatedConnector implements ConnectorService {
  readonly calls = { listings: 0, transfers: 0, results: 0, refused: 0 };
  /** Listings started before the first transfer was. */
  listingsBeforeTransfers: number | undefined;
  private readonly lanes: Lanes;
  /** By when each arrives, in milliseconds. */
  private readonly listings: Listings<number>;
  private readonly files: Transfers<Span>;

  constructor(
    tree: RemoteTree,
    private readonly pace: Pace,
    objects: SimulatedObjects,
    private readonly clock: SimulatedClock,
  ) {
    this.lanes = new Lanes(pace.connections);
    this.listings = new Listings(objects, tree, clock, {
      isDue: ({ mark }) => mark <= this.now,
      failureOf: () => undefined,
      write: (_, snapshot) => ({ text: plainListing(snapshot, "false"), told: undefined }),
    });
    this.files = new Transfers(objects, tree, clock, {
      isStuck: ({ mark }) => mark.end > this.now,
      fateOf: ({ path }) => ({ failure: this.pace.denies?.(path) ? DENIED : undefined }),
    });
  }

  get idleSeconds(): number {
    return this.lanes.idleMilliseconds / 1000;
  }

  /** Lets arrive what is due. */
  settle(): void {
    const { now } = this;
    if (this.listings.pending.some(({ listing }) => listing.mark <= now)) {
      this.listings.tick();
    }
    for (const job of this.files.waiting) {
      if (job.mark.start > now) {
        break;
      }
      job.status = "IN_PROGRESS";
    }
    if ((this.files.waiting[0]?.mark.end ?? Number.POSITIVE_INFINITY) <= now) {
      this.files.move();
    }
  }

  async startListing(request: ListingRequest): Promise<StartOutcome> {
    this.calls.listings += 1;
    return { status: "started", id: this.listings.start(request, this.now + this.pace.listingSeconds * 1000) };
  }

  async startTransfer(request: TransferRequest): Promise<StartOutcome> {
    if ([request.destination, ...request.paths].some((path) => path.length > MAX_PATH_CHARACTERS)) {
      return { status: "rejected", name: "InvalidRequestException", message: "a path is too long" };
    }
    if (this.files.waiting.length + request.paths.length > QUEUE) {
      this.calls.refused += 1;
      return { status: "refused", retryAfterSeconds: undefined };
    }
    this.listingsBeforeTransfers ??= this.calls.listings;
    this.calls.transfers += 1;
    const { id } = this.files.accept(request, () => this.lanes.add(this.now, this.pace.fileSeconds * 1000));
    return { status: "started", id };
  }

  async results(_connectorId: string, transferId: string): Promise<FileResult[] | undefined> {
    this.calls.results += 1;
    return this.files.results(transferId);
  }

  async describe(): Promise<ConnectorDescription> {
    return { readiness: "ready", status: "ACTIVE", maxConcurrentConnections: this.pace.connections };
  }

  private get now(): number {
    return this.clock.now().getTime();
  }
}

const DENIED = { code: "PERMISSION_DENIED", message: "Permission denied" };
