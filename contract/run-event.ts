import { z } from "zod";
import type { ServerDefinition, SyncDefinition } from "./model";

/** Levels below Folder; the end of a symlink loop, not of a real tree. */
export const DEFAULT_MAX_DEPTH = 100;

/** EventBridge Scheduler replaces this, within a target's input, by the time for which the invocation was scheduled. */
export const SCHEDULED_TIME_ATTRIBUTE = "<aws.scheduler.scheduled-time>";

/** In the year 5138; milliseconds given by mistake are beyond it, where no file would be new enough. */
export const LATEST_SECONDS = 1e11;

/**
 * One entry of `SyncSettings` as it travels in an event: the definition's field names, every default in its place. Events
 * are also written by hand, so slashes at the ends are forgiven here too.
 */
export const syncSettingSchema = z.object({
  Name: z.string().min(1),
  LocalRepository: z.object({
    BucketName: z.string().min(1),
    Prefix: z.string().transform((prefix) => prefix.replace(/^\/+|\/+$/g, "")),
    KmsKeyArn: z.string().optional(),
  }),
  RemoteFolders: z.object({
    Folder: z
      .string()
      .startsWith("/")
      .transform((folder) => folder.replace(/(?<=.)\/+$/, "")),
    Recursive: z.boolean(),
    Include: z.array(z.string()).default([]),
    Exclude: z.array(z.string()).default([]),
    MaxDepth: z.int().min(0).default(DEFAULT_MAX_DEPTH),
  }),
  ChangeDetection: z.enum(["ledger", "modified-time"]).default("ledger"),
  MinimumAgeSeconds: z.int().min(0).default(0),
  MissingFolder: z.enum(["fail", "ignore"]).default("fail"),
  MissingObject: z.enum(["fail", "accept"]).default("fail"),
});

/**
 * What starts a run: the input of a schedule's target, and the value of the sync's SSM parameter. The keys are those of
 * the AWS sample *file-transfer-sync-solution*, so that its events stay usable.
 */
export const runEventSchema = z.object({
  /** The server's name. */
  Name: z.string().min(1),
  /** The connector's id, `c-` and 17 hexadecimal digits. */
  Connector: z.string().min(1),
  /** The list-results bucket. */
  ReportBucket: z.string().min(1),
  SyncSettings: z.tuple([syncSettingSchema]),
  /** `cron(...)`, `rate(...)` or `on-demand`. */
  Schedule: z.string().min(1),
  ScheduleTimezone: z.string().default("UTC"),
  /** When the run was due; absent in an event that a person sends. */
  ScheduledTime: z.iso.datetime({ offset: true }).optional(),
  /** Present in a run on demand: only files with this modification time or later, in UTC seconds. */
  FromTimestamp: z
    .number()
    .min(0)
    .max(LATEST_SECONDS, "UTC seconds since 1970, such as 1767225600, and not milliseconds")
    .optional(),
  /** Set by the run itself where it goes on in a further execution. */
  Run: z.object({ Name: z.string().min(1), StartedAt: z.iso.datetime(), Part: z.int().min(2) }).optional(),
  /** Decide and report, but transfer nothing and record nothing. */
  DryRun: z.boolean().default(false),
});

export type SyncSetting = z.infer<typeof syncSettingSchema>;
export type RunEvent = z.infer<typeof runEventSchema>;
/** The event before defaults are filled in. */
export type RunEventInput = z.input<typeof runEventSchema>;

/** Where an event's run takes place; in stacks these are Terraform references. */
export interface RunTarget {
  readonly connectorId: string;
  readonly listResultsBucketName: string;
}

function baseEvent(server: ServerDefinition, sync: SyncDefinition, target: RunTarget) {
  const { bucketName, prefix, kmsKeyArn } = sync.localRepository;
  const { folder, recursive, include, exclude, maxDepth } = sync.remoteFolders;
  return {
    Name: server.name,
    Connector: target.connectorId,
    ReportBucket: target.listResultsBucketName,
    SyncSettings: [
      {
        Name: sync.name,
        LocalRepository: {
          BucketName: bucketName,
          Prefix: prefix,
          ...(kmsKeyArn === undefined ? {} : { KmsKeyArn: kmsKeyArn }),
        },
        RemoteFolders: {
          Folder: folder,
          Recursive: recursive,
          Include: [...include],
          Exclude: [...exclude],
          MaxDepth: maxDepth,
        },
        ChangeDetection: sync.changeDetection,
        MinimumAgeSeconds: sync.minimumAgeSeconds,
        MissingFolder: sync.missingFolder,
        MissingObject: sync.missingObject,
      },
    ] as [z.input<typeof syncSettingSchema>],
  };
}

/** The input of a sync's schedule; `ScheduledTime` is filled in by EventBridge Scheduler. */
export function scheduledEvent(server: ServerDefinition, sync: SyncDefinition, target: RunTarget): RunEventInput {
  const schedule =
    sync.schedule.kind === "on-demand"
      ? { Schedule: "on-demand" }
      : { Schedule: sync.schedule.expression, ScheduleTimezone: sync.schedule.timezone };
  return { ...baseEvent(server, sync, target), ...schedule, ScheduledTime: SCHEDULED_TIME_ATTRIBUTE };
}

/** The event for a run by hand: the value of the sync's SSM parameter. */
export function onDemandEvent(server: ServerDefinition, sync: SyncDefinition, target: RunTarget): RunEventInput {
  return { ...baseEvent(server, sync, target), Schedule: "on-demand", FromTimestamp: 0 };
}
