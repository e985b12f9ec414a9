import type {
  ConnectorDescription,
  FileResult,
  ListingRequest,
  StartOutcome,
  TransferRequest,
} from "../../engine/ports/services";
import { SimulatedConnector, type Surroundings } from "../../simulation/connector";
import { plainListing } from "../../simulation/plain-listing";
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

/**
 * A connector that takes its time: listings and files arrive in their buckets when the virtual clock says so. The mark of
 * a listing is when it arrives, in milliseconds.
 */
export class PacedConnector extends SimulatedConnector<number, Span> {
  readonly calls = { listings: 0, transfers: 0, results: 0, refused: 0 };
  /** Listings started before the first transfer was. */
  listingsBeforeTransfers: number | undefined;
  /** When the first listing since {@link beginRun} arrived, in milliseconds. */
  private firstListingAt: number | undefined;
  private busyBefore = 0;
  private readonly lanes: Lanes;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly pace: Pace,
  ) {
    super(surroundings, {
      listings: {
        mark: () => this.now + pace.listingSeconds * 1000,
        isDue: ({ mark }) => mark <= this.now,
        failureOf: () => undefined,
        write: (_, snapshot) => ({ text: plainListing(snapshot, "false"), told: undefined }),
      },
      files: {
        mark: () => this.lanes.add(this.now, pace.fileSeconds * 1000),
        isStuck: ({ mark }) => mark.end > this.now,
        fateOf: ({ path }) => ({ failure: pace.denies?.(path) ? DENIED : undefined }),
      },
    });
    this.lanes = new Lanes(pace.connections);
  }

  get idleSeconds(): number {
    return this.lanes.idleMilliseconds / 1000;
  }

  beginRun(): void {
    this.firstListingAt = undefined;
    this.busyBefore = this.lanes.busyMilliseconds;
  }

  /**
   * Of all connections' time since {@link beginRun}, from the first listing's arrival to the last file's: the part in which they had
   * nothing to do. `undefined`: there was no file.
   */
  get idleShare(): number | undefined {
    const { lastEnd, busyMilliseconds } = this.lanes;
    const busy = busyMilliseconds - this.busyBefore;
    return busy === 0 || lastEnd === undefined || this.firstListingAt === undefined
      ? undefined
      : 1 - busy / ((lastEnd - this.firstListingAt) * this.pace.connections);
  }

  /** Lets arrive what is due. */
  settle(): void {
    const { now } = this;
    if (this.listings.pending.some(({ listing }) => listing.mark <= now)) {
      this.listings.tick();
    }
    for (const job of this.transfers.waiting) {
      if (job.mark.start > now) {
        break;
      }
      job.status = "IN_PROGRESS";
    }
    if ((this.transfers.waiting[0]?.mark.end ?? Number.POSITIVE_INFINITY) <= now) {
      this.transfers.move();
    }
  }

  override startListing(request: ListingRequest): Promise<StartOutcome> {
    this.calls.listings += 1;
    this.firstListingAt ??= this.now + this.pace.listingSeconds * 1000;
    return super.startListing(request);
  }

  override async startTransfer(request: TransferRequest): Promise<StartOutcome> {
    if ([request.destination, ...request.paths].some((path) => path.length > MAX_PATH_CHARACTERS)) {
      return { status: "rejected", name: "InvalidRequestException", message: "a path is too long" };
    }
    if (this.transfers.waiting.length + request.paths.length > QUEUE) {
      this.calls.refused += 1;
      return { status: "refused", retryAfterSeconds: undefined };
    }
    this.listingsBeforeTransfers ??= this.calls.listings;
    this.calls.transfers += 1;
    return super.startTransfer(request);
  }

  override results(connectorId: string, transferId: string): Promise<FileResult[] | undefined> {
    this.calls.results += 1;
    return super.results(connectorId, transferId);
  }

  override async describe(connectorId: string): Promise<ConnectorDescription> {
    return { ...(await super.describe(connectorId)), maxConcurrentConnections: this.pace.connections };
  }

  private get now(): number {
    return this.surroundings.clock.now().getTime();
  }
}

const DENIED = { code: "PERMISSION_DENIED", message: "Permission denied" };
