import type {
  ConnectorDescription,
  ConnectorService,
  FileResult,
  ListingRequest,
  StartOutcome,
  TransferRequest,
} from "../../../engine/ports/services";
import { type AskedListing, Listings, type WrittenListing } from "../../../simulation/listings";
import { plainListing } from "../../../simulation/plain-listing";
import type { RemoteFailure } from "../../../simulation/remote-failure";
import type { Snapshot } from "../../../simulation/remote-tree";
import { type Job, Transfers } from "../../../simulation/transfers";
import type { FakeServices } from "./fake-services";

/** A connector whose listings and transfers end only when the test lets them arrive, and as it says. */
export class FakeConnector implements ConnectorService {
  readonly listings: ListingRequest[] = [];
  readonly transfers: TransferRequest[] = [];
  readonly resultRequests: string[] = [];
  concurrentConnections = 5;
  /** What the next descriptions say, in order; then it is ready. */
  readonly readiness: ConnectorDescription["readiness"][] = [];
  descriptions = 0;

  /** Answers to the next Start* calls, in order; `undefined` or none: the call works. An Error is thrown. */
  readonly listingAnswers: (StartOutcome | Error | undefined)[] = [];
  readonly transferAnswers: (StartOutcome | Error | undefined)[] = [];
  /** By folder: the listing never appears, but a failure marker. */
  readonly failedListings = new Map<string, RemoteFailure>();
  /** By folder, the failures of its next listings, in order. */
  readonly listingFailures = new Map<string, RemoteFailure[]>();
  /** Folders of which nothing is ever heard. */
  readonly silentListings = new Set<string>();
  /** By folder, how many items the events of its listings tell, while nothing is written; `undefined`: they do not say. */
  readonly withoutOutput = new Map<string, number | undefined>();
  /** The same where the listing is written all the same. */
  readonly eventsBeside = new Map<string, number | undefined>();
  /** By folder, what stands under `truncated`. */
  readonly truncated = new Map<string, unknown>();
  /** By folder, what the connector writes instead of a listing. */
  readonly garbage = new Map<string, string>();
  /** By path, the failures of the next attempts, in order. */
  readonly failures = new Map<string, RemoteFailure[]>();
  /** Paths reported as completed whose object never appears. */
  readonly lost = new Set<string>();
  /** By path, the size that arrives where it is not the listed one. */
  readonly arrivingSizes = new Map<string, number>();
  /** Paths whose transfer does not end. */
  readonly stuck = new Set<string>();
  /** How the service tells one file's result. */
  telling: (result: FileResult) => FileResult[] = (result) => [result];
  /** Transfer ids the service does not know any more. */
  readonly forgotten = new Set<string>();

  private readonly folders: Listings<undefined>;
  private readonly files: Transfers<undefined>;

  constructor({ objects, remote, clock }: Pick<FakeServices, "objects" | "remote" | "clock">) {
    this.folders = new Listings<undefined>(objects, remote, clock, {
      isDue: ({ request }) => !this.silentListings.has(request.folder),
      failureOf: (listing) => this.listingFailure(listing),
      write: (_, snapshot) => this.written(snapshot),
    });
    this.files = new Transfers<undefined>(objects, remote, clock, {
      isStuck: ({ path }) => this.stuck.has(path),
      fateOf: (job) => this.fateOf(job),
    });
  }

  async startListing(request: ListingRequest): Promise<StartOutcome> {
    this.listings.push(request);
    return answer(this.listingAnswers.shift(), () => this.folders.start(request, undefined));
  }

  async startTransfer(request: TransferRequest): Promise<StartOutcome> {
    this.transfers.push(request);
    return answer(this.transferAnswers.shift(), () => this.accept(request));
  }

  async results(_connectorId: string, transferId: string): Promise<FileResult[] | undefined> {
    this.resultRequests.push(transferId);
    const results = this.forgotten.has(transferId) ? undefined : this.files.results(transferId);
    return results?.flatMap((result) => this.telling(result));
  }

  async describe(): Promise<ConnectorDescription> {
    this.descriptions += 1;
    const readiness = this.readiness.shift() ?? "ready";
    return { readiness, status: `${readiness}: no route`, maxConcurrentConnections: this.concurrentConnections };
  }

  /** Starts a transfer of which the caller will not hear. */
  accept(request: TransferRequest): string {
    return this.files.accept(request, () => undefined).id;
  }

  /** Every path that was asked for, as often as it was. */
  requestedPaths(): string[] {
    return this.transfers.flatMap(({ paths }) => paths);
  }

  deliverListings(): void {
    this.folders.tick();
  }

  deliverTransfers(): void {
    this.files.move();
  }

  private listingFailure({ request }: AskedListing<undefined>): { readonly failure: RemoteFailure } | undefined {
    const failure = this.listingFailures.get(request.folder)?.shift() ?? this.failedListings.get(request.folder);
    return failure && { failure };
  }

  private written(snapshot: Snapshot): WrittenListing {
    const { folder } = snapshot;
    const truncated = this.truncated.has(folder) ? this.truncated.get(folder) : "false";
    const text = this.garbage.get(folder) ?? plainListing(snapshot, truncated);
    const events = [this.withoutOutput, this.eventsBeside].find((known) => known.has(folder));
    return {
      text: this.withoutOutput.has(folder) ? undefined : text,
      told: undefined,
      ...(events === undefined ? {} : { completed: { items: events.get(folder) } }),
    };
  }

  private fateOf({ path }: Job<undefined>) {
    return {
      failure: this.failures.get(path)?.shift(),
      isLost: this.lost.has(path),
      bytes: this.arrivingSizes.get(path),
    };
  }
}

function answer(scripted: StartOutcome | Error | undefined, start: () => string): StartOutcome {
  if (scripted instanceof Error) {
    throw scripted;
  }
  return scripted ?? { status: "started", id: start() };
}
