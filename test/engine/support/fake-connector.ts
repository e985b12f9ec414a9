import type {
  ConnectorDescription,
  FileResult,
  ListingRequest,
  StartOutcome,
  TransferRequest,
} from "../../../engine/ports/services";
import { SimulatedConnector, type Surroundings } from "../../../simulation/connector";
import type { AskedListing, WrittenListing } from "../../../simulation/listings";
import { plainListing } from "../../../simulation/plain-listing";
import type { RemoteFailure } from "../../../simulation/remote-failure";
import type { Snapshot } from "../../../simulation/remote-tree";
import type { Job } from "../../../simulation/transfers";

/** A connector whose listings and transfers end only when the test lets them arrive, and as it says. */
export class FakeConnector extends SimulatedConnector<undefined, undefined> {
  readonly listingRequests: ListingRequest[] = [];
  readonly transferRequests: TransferRequest[] = [];
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

  constructor(surroundings: Surroundings) {
    super(surroundings, {
      listings: {
        mark: () => undefined,
        isDue: ({ request }) => !this.silentListings.has(request.folder),
        failureOf: (listing) => this.listingFailure(listing),
        write: (_, snapshot) => this.written(snapshot),
      },
      files: {
        mark: () => undefined,
        isStuck: ({ path }) => this.stuck.has(path),
        fateOf: (job) => this.fateOf(job),
      },
    });
  }

  override async startListing(request: ListingRequest): Promise<StartOutcome> {
    this.listingRequests.push(request);
    return scripted(this.listingAnswers.shift()) ?? super.startListing(request);
  }

  override async startTransfer(request: TransferRequest): Promise<StartOutcome> {
    this.transferRequests.push(request);
    return scripted(this.transferAnswers.shift()) ?? super.startTransfer(request);
  }

  override async results(connectorId: string, transferId: string): Promise<FileResult[] | undefined> {
    this.resultRequests.push(transferId);
    const results = this.forgotten.has(transferId) ? undefined : await super.results(connectorId, transferId);
    return results?.flatMap((result) => this.telling(result));
  }

  override async describe(): Promise<ConnectorDescription> {
    this.descriptions += 1;
    const readiness = this.readiness.shift() ?? "ready";
    return { readiness, status: `${readiness}: no route`, maxConcurrentConnections: this.concurrentConnections };
  }

  /** Starts a transfer of which the caller will not hear. */
  accept(request: TransferRequest): string {
    return this.transfers.accept(request).id;
  }

  /** Every path that was asked for, as often as it was. */
  requestedPaths(): string[] {
    return this.transferRequests.flatMap(({ paths }) => paths);
  }

  deliverListings(): void {
    this.listings.tick();
  }

  deliverTransfers(): void {
    this.transfers.move();
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

function scripted(answer: StartOutcome | Error | undefined): StartOutcome | undefined {
  if (answer instanceof Error) {
    throw answer;
  }
  return answer;
}
