/** The seam between the engine and AWS. Implementations stand in `aws/`, one file per service. */
export interface Services {
  readonly objects: ObjectStore;
  readonly connector: ConnectorService;
  readonly secrets: SecretService;
  readonly executions: ExecutionService;
  readonly clock: Clock;
}

/** Time, and chance: what makes two runs of the same code differ. */
export interface Clock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 up to, but not including, 1. */
  random(): number;
}

export interface ObjectSummary {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
}

export interface StoredText {
  readonly text: string;
  readonly etag: string;
}

/** Write only over this ETag, or only where nothing is. */
export type WriteCondition = { readonly ifMatch: string } | { readonly ifAbsent: true };

export interface ListOptions {
  /** List only keys after this one. */
  readonly startAfter?: string;
  /** Leave out keys with a slash after the prefix. */
  readonly flat?: boolean;
}

export interface ObjectStore {
  read(bucket: string, key: string): Promise<StoredText | undefined>;
  /** @returns the new ETag. @throws ConditionFailed */
  write(bucket: string, key: string, text: string, condition?: WriteCondition): Promise<string>;
  /** @throws ConditionFailed */
  remove(bucket: string, key: string, ifMatch: string): Promise<void>;
  head(bucket: string, key: string): Promise<ObjectSummary | undefined>;
  /** In the order of the keys' UTF-8 bytes. */
  list(bucket: string, prefix: string, options?: ListOptions): AsyncIterable<ObjectSummary>;
}

/**
 * `refused`: back-pressure, nothing happened. `not-ready`: nor did it, for the connector's sake. `rejected`: will never
 * work. `unknown`: the answer was lost.
 */
export type StartOutcome =
  | { readonly status: "started"; readonly id: string }
  | { readonly status: "refused"; readonly retryAfterSeconds: number | undefined }
  | { readonly status: "not-ready" }
  | { readonly status: "rejected"; readonly name: string; readonly message: string }
  | { readonly status: "unknown"; readonly message: string };

export interface ListingRequest {
  readonly connectorId: string;
  readonly folder: string;
  /** `/bucket/prefix`, without a slash at the end. */
  readonly outputDirectory: string;
  readonly maxItems: number;
}

export interface TransferRequest {
  readonly connectorId: string;
  /** 1 to 10 absolute paths, of one folder. */
  readonly paths: readonly string[];
  /** `/bucket/prefix`, without a slash at the end. */
  readonly destination: string;
}

export interface FileResult {
  /** As the service writes it, which need not be how the file was asked for; empty where it names none. */
  readonly path: string;
  /** `UNKNOWN`: none of those that the API reference has, or none at all. */
  readonly status: "QUEUED" | "IN_PROGRESS" | "COMPLETED" | "FAILED" | "UNKNOWN";
  readonly failureCode: string | undefined;
  readonly failureMessage: string | undefined;
}

export interface ConnectorDescription {
  /** `pending`: it is being created or updated. `errored`: that has failed. Where the service shows no status, `ready`. */
  readonly readiness: "ready" | "pending" | "errored";
  /** The status as the service writes it, and what it says about it; empty where it shows none. */
  readonly status: string;
  /** As the connector has it now; the API's own default is 1. */
  readonly maxConcurrentConnections: number;
}

export interface ConnectorService {
  startListing(request: ListingRequest): Promise<StartOutcome>;
  startTransfer(request: TransferRequest): Promise<StartOutcome>;
  /** `undefined`: the service does not know the transfer (any more: results live 7 days). @throws BackPressure */
  results(connectorId: string, transferId: string): Promise<FileResult[] | undefined>;
  /** @throws BackPressure */
  describe(connectorId: string): Promise<ConnectorDescription>;
}

export interface SecretService {
  /** Whether the secret has a current value; the value itself is never read. */
  hasValue(secretArn: string): Promise<boolean>;
}

export interface ExecutionService {
  isRunning(executionArn: string): Promise<boolean>;
  /** Starting the same execution again changes nothing. */
  start(stateMachineArn: string, name: string, input: unknown): Promise<void>;
}
