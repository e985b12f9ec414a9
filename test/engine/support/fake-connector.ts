import type {
  ConnectorDescription,
  ConnectorService,
  FileResult,
  ListingRequest,
  StartOutcome,
  TransferRequest,
} from "../../../engine/ports/services";
import type { FakeObjects } from "./fake-objects";
import type { FakeRemote } from "./fake-remote";

export interface FailureCode {
  readonly code?: string;
  readonly message?: string;
}

interface StartedTransfer {
  readonly id: string;
  readonly request: TransferRequest;
  results: FileResult[];
}

/** A connector whose listings and transfers end only when the test lets them arrive. */
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
  readonly failedListings = new Map<string, FailureCode>();
  /** By folder, the failures of its next listings, in order. */
  readonly listingFailures = new Map<string, FailureCode[]>();
  /** Folders of which nothing is ever heard. */
  readonly silentListings = new Set<string>();
  /** By folder, what stands under `truncated`. */
  readonly truncated = new Map<string, unknown>();
  /** By folder, what the connector writes instead of a listing. */
  readonly garbage = new Map<string, string>();
  /** By path, the failures of the next attempts, in order. */
  readonly failures = new Map<string, FailureCode[]>();
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

  private pendingListings: { readonly request: ListingRequest; readonly file: string }[] = [];
  private readonly started: StartedTransfer[] = [];
  private ids = 0;

  constructor(
    private readonly objects: FakeObjects,
    private readonly remote: FakeRemote,
  ) {}

  async startListing(request: ListingRequest): Promise<StartOutcome> {
    this.listings.push(request);
    return answer(this.listingAnswers.shift(), () => {
      this.ids += 1;
      const file = `${request.connectorId}-${this.ids}.json`;
      this.pendingListings.push({ request, file });
      return file;
    });
  }

  async startTransfer(request: TransferRequest): Promise<StartOutcome> {
    this.transfers.push(request);
    return answer(this.transferAnswers.shift(), () => this.accept(request));
  }

  async results(_connectorId: string, transferId: string): Promise<FileResult[] | undefined> {
    this.resultRequests.push(transferId);
    const known = this.started.find(({ id }) => id === transferId);
    return this.forgotten.has(transferId) ? undefined : known?.results.flatMap((result) => this.telling(result));
  }

  async describe(): Promise<ConnectorDescription> {
    this.descriptions += 1;
    const readiness = this.readiness.shift() ?? "ready";
    return { readiness, status: `${readiness}: no route`, maxConcurrentConnections: this.concurrentConnections };
  }

  /** Starts a transfer of which the caller will not hear. */
  accept(request: TransferRequest): string {
    this.ids += 1;
    const results = request.paths.map((path) => result(path, "QUEUED"));
    this.started.push({ id: `t-${this.ids}`, request, results });
    return `t-${this.ids}`;
  }

  /** Every path that was asked for, as often as it was. */
  requestedPaths(): string[] {
    return this.transfers.flatMap(({ paths }) => paths);
  }

  deliverListings(): void {
    const arriving = this.pendingListings.filter(({ request }) => !this.silentListings.has(request.folder));
    this.pendingListings = this.pendingListings.filter(({ request }) => this.silentListings.has(request.folder));
    for (const { request, file } of arriving) {
      this.deliverListing(request, file);
    }
  }

  deliverTransfers(): void {
    for (const transfer of this.started) {
      transfer.results = transfer.results.map((known) =>
        (known.status !== "QUEUED" && known.status !== "IN_PROGRESS") || this.stuck.has(known.path)
          ? known
          : this.deliverFile(known.path, transfer.request.destination),
      );
    }
  }

  private deliverListing({ folder, outputDirectory }: ListingRequest, file: string): void {
    const { bucket, key } = place(`${outputDirectory}/${file}`);
    const isMissing = this.remote.folder(folder) === undefined;
    const failure =
      this.listingFailures.get(folder)?.shift() ??
      this.failedListings.get(folder) ??
      (isMissing ? { message: "No such file" } : undefined);
    const text = this.garbage.get(folder) ?? this.remote.listing(folder, this.truncated.get(folder) ?? "false");
    if (failure === undefined) {
      this.objects.put(bucket, key, { text });
    } else {
      this.objects.put(bucket, `${key}.failed`, { text: JSON.stringify(failure) });
    }
  }

  private deliverFile(path: string, destination: string): FileResult {
    const failure = this.failures.get(path)?.shift();
    const file = this.remote.file(path);
    if (failure !== undefined) {
      return result(path, "FAILED", failure);
    }
    if (file === undefined) {
      return result(path, "FAILED", { code: "FILE_NOT_FOUND", message: "No such file" });
    }
    if (!this.lost.has(path)) {
      const { bucket, key } = place(`${destination}/${path.slice(path.lastIndexOf("/") + 1)}`);
      this.objects.put(bucket, key, { size: this.arrivingSizes.get(path) ?? file.size ?? 0 });
    }
    return result(path, "COMPLETED");
  }
}

function answer(scripted: StartOutcome | Error | undefined, start: () => string): StartOutcome {
  if (scripted instanceof Error) {
    throw scripted;
  }
  return scripted ?? { status: "started", id: start() };
}

/** `/bucket/key` */
function place(path: string): { bucket: string; key: string } {
  const [, bucket = "", ...key] = path.split("/");
  return { bucket, key: key.join("/") };
}

function result(path: string, status: FileResult["status"], { code, message }: FailureCode = {}): FileResult {
  return { path, status, failureCode: code, failureMessage: message };
}
