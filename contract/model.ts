/** When a sync runs. Expressions are in the form EventBridge Scheduler takes. */
export type Schedule =
  | { readonly kind: "on-demand" }
  | {
      readonly kind: "cron" | "rate";
      /** `cron(...)` or `rate(...)`, tags already replaced. */
      readonly expression: string;
      /** IANA time zone; `UTC` unless the definition says otherwise. */
      readonly timezone: string;
    };

export type ChangeDetection = "ledger" | "modified-time";
export type MissingFolder = "fail" | "ignore";
export type MissingObject = "fail" | "accept";

export interface LocalRepository {
  readonly bucketName: string;
  /** Without slashes at either end; empty for the bucket's root. */
  readonly prefix: string;
  /** Key of the bucket's default encryption, where it has one of its own. */
  readonly kmsKeyArn?: string;
}

export interface RemoteFolders {
  /** Absolute, no slash at the end (but `/` itself); may hold `%year%`, `%month%` and `%day%`. */
  readonly folder: string;
  readonly recursive: boolean;
  /** Globs on the path relative to `folder`; empty: everything. */
  readonly include: readonly string[];
  /** Globs on the path relative to `folder`; wins over `include`. */
  readonly exclude: readonly string[];
  /** Levels below `folder` that are listed; 0 is `folder` alone. */
  readonly maxDepth: number;
}

/** One remote folder and the place in S3 that follows it. */
export interface SyncDefinition {
  /** `[a-z0-9-]`, unique within its server. */
  readonly name: string;
  readonly localRepository: LocalRepository;
  readonly remoteFolders: RemoteFolders;
  readonly schedule: Schedule;
  /** False where the sync or its server is disabled: deployed, but its schedule does not fire. */
  readonly enabled: boolean;
  readonly changeDetection: ChangeDetection;
  readonly minimumAgeSeconds: number;
  readonly missingFolder: MissingFolder;
  readonly missingObject: MissingObject;
}

/** A server definition after normalisation: every default is in its place. */
export interface ServerDefinition {
  /** `[a-z0-9-]`, unique over all definitions. */
  readonly name: string;
  readonly description: string;
  /** `host` or `host:port`, without a protocol. */
  readonly url: string;
  readonly securityPolicyName: string;
  /** `type base64`, nothing else. */
  readonly trustedHostKeys: readonly string[];
  /** 1 to 5 (Transfer API model). */
  readonly maxConcurrentConnections: number;
  readonly syncs: readonly SyncDefinition[];
}
