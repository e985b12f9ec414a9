import type {
  ConnectorDescription,
  ConnectorService,
  FileResult,
  ListingRequest,
  StartOutcome,
  TransferRequest,
} from "../../engine/ports/services";
import type { SimulatedClock } from "../../simulation/clock";
import type { SimulatedObjects } from "../../simulation/object-store";
import { Lanes, type Span } from "./lanes";
import { MODIFIED, type RemoteTree } from "./remote-tree";

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

interface Arrival {
  readonly at: number;
  arrive(): unknown;
}

interface Transfer {
  readonly request: TransferRequest;
  readonly spans: readonly Span[];
}

/** The connector over a simulated tree: listings and files arrive in their buckets when the virtual clock says so. */
export class SimulatedConnector implements ConnectorService {
  readonly calls = { listings: 0, transfers: 0, results: 0, refused: 0 };
  /** Listings started before the first transfer was. */
  listingsBeforeTransfers: number | undefined;
  private readonly lanes: Lanes;
  private readonly listings = new Arrivals();
  private readonly files = new Arrivals();
  private readonly transfers = new Map<string, Transfer>();

  constructor(
    private readonly tree: RemoteTree,
    private readonly pace: Pace,
    private readonly objects: SimulatedObjects,
    private readonly clock: SimulatedClock,
  ) {
    this.lanes = new Lanes(pace.connections);
  }

  get idleSeconds(): number {
    return this.lanes.idleMilliseconds / 1000;
  }

  /** Lets arrive what is due. */
  settle(): void {
    const { now } = this;
    this.listings.settle(now);
    this.files.settle(now);
  }

  async startListing({ connectorId, folder, outputDirectory }: ListingRequest): Promise<StartOutcome> {
    this.calls.listings += 1;
    const id = `${connectorId}-${String(this.calls.listings).padStart(8, "0")}.json`;
    const { bucket, key } = place(`${outputDirectory}/${id}`);
    const at = this.now + this.pace.listingSeconds * 1000;
    const lastModified = new Date(at);
    const arrive = () => this.objects.put(bucket, key, { text: this.listing(folder), lastModified });
    this.listings.add({ at, arrive });
    return { status: "started", id };
  }

  async startTransfer(request: TransferRequest): Promise<StartOutcome> {
    if ([request.destination, ...request.paths].some((path) => path.length > MAX_PATH_CHARACTERS)) {
      return { status: "rejected", name: "InvalidRequestException", message: "a path is too long" };
    }
    if (this.files.length + request.paths.length > QUEUE) {
      this.calls.refused += 1;
      return { status: "refused", retryAfterSeconds: undefined };
    }
    this.listingsBeforeTransfers ??= this.calls.listings;
    this.calls.transfers += 1;
    const spans = request.paths.map((path) => this.fetch(path, request.destination));
    const id = `t-${this.calls.transfers}`;
    this.transfers.set(id, { request, spans });
    return { status: "started", id };
  }

  async results(_connectorId: string, transferId: string): Promise<FileResult[] | undefined> {
    this.calls.results += 1;
    const transfer = this.transfers.get(transferId);
    return transfer?.request.paths.map((path, index) => this.result(path, transfer.spans[index]));
  }

  async describe(): Promise<ConnectorDescription> {
    return { readiness: "ready", status: "ACTIVE", maxConcurrentConnections: this.pace.connections };
  }

  private get now(): number {
    return this.clock.now().getTime();
  }

  private result(path: string, span: Span | undefined): FileResult {
    const reached = status(span, this.now);
    return reached === "COMPLETED" && this.pace.denies?.(path)
      ? { path, status: "FAILED", failureCode: "PERMISSION_DENIED", failureMessage: "Permission denied" }
      : { path, status: reached, failureCode: undefined, failureMessage: undefined };
  }

  private fetch(path: string, destination: string): Span {
    const span = this.lanes.add(this.now, this.pace.fileSeconds * 1000);
    const name = path.slice(path.lastIndexOf("/") + 1);
    const { bucket, key } = place(`${destination}/${name}`);
    const size = this.pace.denies?.(path) ? undefined : this.tree.size(path);
    const arrive = () =>
      size !== undefined && this.objects.put(bucket, key, { size, lastModified: new Date(span.end) });
    this.files.add({ at: span.end, arrive });
    return span;
  }

  private listing(path: string): string {
    const { files, folders } = this.tree.list(path);
    return JSON.stringify({
      files: files.map(({ name, size }) => ({ filePath: `${path}/${name}`, modifiedTimestamp: MODIFIED, size })),
      paths: folders.map((name) => ({ path: `${path}/${name}` })),
      truncated: "false",
    });
  }
}

/** What arrives later, in the order in which it was asked for. */
class Arrivals {
  private readonly waiting: Arrival[] = [];
  private first = 0;

  get length(): number {
    return this.waiting.length - this.first;
  }

  add(arrival: Arrival): void {
    this.waiting.push(arrival);
  }

  settle(now: number): void {
    for (let next = this.waiting[this.first]; next !== undefined && next.at <= now; next = this.waiting[this.first]) {
      next.arrive();
      this.first += 1;
    }
    if (this.first > 10_000) {
      this.waiting.splice(0, this.first);
      this.first = 0;
    }
  }
}

function status(span: Span | undefined, now: number): FileResult["status"] {
  if (span === undefined || span.start > now) {
    return "QUEUED";
  }
  return span.end > now ? "IN_PROGRESS" : "COMPLETED";
}

/** `/bucket/key` */
function place(path: string): { bucket: string; key: string } {
  const [, bucket = "", ...key] = path.split("/");
  return { bucket, key: key.join("/") };
}
