import { engineSettingsSchema } from "../../../contract/engine-settings";
import type { Mode } from "../../../contract/run-event";
import type { EngineEnv } from "../../../engine/env";
import { parseRunContext, type RunContext } from "../../../engine/run-context";
import { START } from "./fake-services";

export const REPORTS = "list-results";
export const TARGET = "target-bucket";
export const PREFIX = "in/acme";

/** What a test's run differs in from a scheduled, recursive run of `/data`. */
export interface RunOptions {
  readonly run?: string;
  readonly server?: string;
  readonly formerName?: string;
  readonly syncName?: string;
  readonly folder?: string;
  readonly prefix?: string;
  readonly recursive?: boolean;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly maxDepth?: number;
  readonly minimumAgeSeconds?: number;
  readonly missingFolder?: "fail" | "ignore";
  readonly missingObject?: "fail" | "accept";
  readonly sizeMismatch?: "accept" | "fail";
  readonly shiftedTimes?: "ignore" | "copy";
  readonly changeDetection?: "ledger" | "modified-time";
  readonly schedule?: string;
  readonly mode?: Mode;
  /** Without a mode, an event of an earlier version. */
  readonly fromTimestamp?: number;
  readonly dryRun?: boolean;
  readonly scheduledTime?: string;
  readonly startedAt?: Date;
}

export function executionArn(run: string): string {
  return `arn:aws:states:eu-west-1:111122223333:execution:acme:${run}`;
}

export function runInput(options: RunOptions = {}) {
  const { run = "run-1", syncName = "data", prefix = PREFIX, folder = "/data", startedAt = START } = options;
  return {
    Event: {
      Name: options.server ?? "acme",
      FormerName: options.formerName,
      Connector: "c-1",
      ReportBucket: REPORTS,
      SyncSettings: [
        {
          Name: syncName,
          LocalRepository: { BucketName: TARGET, Prefix: prefix },
          RemoteFolders: {
            Folder: folder,
            Recursive: options.recursive ?? true,
            Include: options.include,
            Exclude: options.exclude,
            MaxDepth: options.maxDepth,
          },
          ChangeDetection: options.changeDetection,
          MinimumAgeSeconds: options.minimumAgeSeconds,
          MissingFolder: options.missingFolder,
          MissingObject: options.missingObject,
          SizeMismatch: options.sizeMismatch,
          ShiftedTimes: options.shiftedTimes,
        },
      ],
      Schedule: options.schedule ?? (options.fromTimestamp === undefined ? "rate(1 hour)" : "on-demand"),
      ScheduledTime: options.scheduledTime,
      Mode: options.mode,
      FromTimestamp: options.fromTimestamp,
      DryRun: options.dryRun,
    },
    Execution: { Id: executionArn(run), Name: run, StartTime: startedAt.toISOString() },
    StateMachine: { Id: "arn:aws:states:eu-west-1:111122223333:stateMachine:acme" },
  };
}

export function runContext(options: RunOptions = {}): RunContext {
  return parseRunContext(runInput(options));
}

export interface Limits {
  readonly timeouts?: {
    readonly [name in "slice" | "listing" | "transfer" | "connector" | "inDoubt" | "run"]?: number;
  };
  readonly roundsPerExecution?: number;
  readonly runLimits?: { readonly [name in "folders" | "entries" | "bytes"]?: number };
  readonly connectorLimits?: { readonly [name in "listingsPerSecond" | "pendingFiles" | "maxListingItems"]?: number };
}

export function engineEnv(limits: Limits = {}): EngineEnv {
  return {
    serverName: "acme",
    secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme",
    maxConcurrentConnections: 5,
    metricsNamespace: "sftp-sync",
    ...engineSettingsSchema.parse(limits),
  };
}
