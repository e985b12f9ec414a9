import * as z from "zod";
import { DEFAULT_TIMEZONE, type ServerDefinition, type SyncDefinition } from "./model";
import { syncSettingSchema } from "./sync-setting";

/** EventBridge Scheduler replaces this, within a target's input, by the time for which the invocation was scheduled. */
export const SCHEDULED_TIME_ATTRIBUTE = "<aws.scheduler.scheduled-time>";

/** In the year 5138; milliseconds given by mistake are beyond it, where no file would be new enough. */
export const LATEST_SECONDS = 1e11;

/**
 * What a run looks at, and what decides. `as-scheduled`: what the schedule would do, by the ledger or the window. `compare`:
 * everything is held against S3, so that what was deleted there comes back. `since`: the same for files that were modified
 * at `FromTimestamp` or later; older ones are left alone.
 */
export const MODES = ["as-scheduled", "compare", "since"] as const;

export type Mode = (typeof MODES)[number];

const eventFieldsSchema = z.object({
  /** The server's name. */
  Name: z.string().min(1),
  /** The name that the server had before: where it has no ledger yet, that one's is read. */
  FormerName: z.string().min(1).optional(),
  /** The connector's id, `c-` and 17 hexadecimal digits. */
  Connector: z.string().min(1),
  /** The list-results bucket. */
  ReportBucket: z.string().min(1),
  SyncSettings: z.tuple([syncSettingSchema]),
  /** `cron(...)`, `rate(...)` or `on-demand`. */
  Schedule: z.string().min(1),
  ScheduleTimezone: z.string().default(DEFAULT_TIMEZONE),
  /** When the run was due; absent in an event that a person sends. */
  ScheduledTime: z.iso.datetime({ offset: true }).optional(),
  /** Absent in events of earlier versions, which said it by `FromTimestamp` alone: see `modeOf`. */
  Mode: z.enum(MODES).optional(),
  /** With `since`, only files with this modification time or later: UTC seconds. */
  FromTimestamp: z
    .number()
    .min(0)
    .max(LATEST_SECONDS, "UTC seconds since 1970, such as 1767225600, and not milliseconds")
    .optional(),
  /** Set by the run itself where it goes on in a further execution. */
  Run: z.object({ Name: z.string().min(1), StartedAt: z.iso.datetime(), Part: z.int().min(2) }).optional(),
  /** Decide and report beside whatever is at work, but take no lock, transfer nothing and record nothing. */
  DryRun: z.boolean().default(false),
});

/** The field that does not go with the mode, and what is allowed. */
function contradiction({ Mode, FromTimestamp }: Pick<z.infer<typeof eventFieldsSchema>, "Mode" | "FromTimestamp">) {
  if (Mode === "since" && FromTimestamp === undefined) {
    return "Mode since needs it: UTC seconds. To hold everything against S3, Mode is compare";
  }
  if (Mode === "as-scheduled" && FromTimestamp !== undefined) {
    return "Mode as-scheduled takes none. With it, Mode is since; to hold everything against S3, Mode is compare";
  }
  if (Mode === "compare" && FromTimestamp !== undefined && FromTimestamp > 0) {
    return "Mode compare takes none but 0. To leave older files alone, Mode is since";
  }
  return undefined;
}

/** Names of access points: what bucket is behind one, nobody can tell from it. */
const ACCESS_POINT = /(-s3alias|\.mrap|--ol-s3)$|:accesspoint[/:]/i;

/** Why a bucket is no destination, in whichever form it is named: a definition takes names alone, an event what people write. */
function refusedBucket(bucket: string, reportBucket: string): string | undefined {
  if (ACCESS_POINT.test(bucket)) {
    return "is an access point; a destination is a bucket's name";
  }
  const [name] = bucket
    .toLowerCase()
    .trim()
    .replace(/^([a-z0-9]+:\/\/|arn:[^/]*:::)/, "")
    .split(/\/|\.s3[.-]/);
  return name === reportBucket.toLowerCase() ? "is the ReportBucket, which holds ledgers and locks" : undefined;
}

/**
 * What starts a run: the input of a schedule's target, and the value of the sync's SSM parameter. The keys are those of
 * the AWS sample *file-transfer-sync-solution*, so that its events stay usable.
 */
export const runEventSchema = eventFieldsSchema.superRefine((event, context) => {
  const [sync] = event.SyncSettings;
  const refusal = refusedBucket(sync.LocalRepository.BucketName, event.ReportBucket);
  if (refusal !== undefined) {
    const path = ["SyncSettings", 0, "LocalRepository", "BucketName"];
    context.addIssue({ code: "custom", path, message: refusal });
  }
  const message = contradiction(event);
  if (message !== undefined) {
    context.addIssue({ code: "custom", path: ["FromTimestamp"], message });
  }
});

export type RunEvent = z.infer<typeof runEventSchema>;
/** The event before defaults are filled in. */
export type RunEventInput = z.input<typeof runEventSchema>;

/** The event's mode; without one, `FromTimestamp` says it: 0 is `compare`, more is `since`. */
export function modeOf({ Mode, FromTimestamp }: Pick<RunEvent, "Mode" | "FromTimestamp">): Mode {
  return Mode ?? (FromTimestamp === undefined ? "as-scheduled" : FromTimestamp === 0 ? "compare" : "since");
}

/** Where an event's run takes place; in stacks these are Terraform references. */
export interface RunTarget {
  readonly connectorId: string;
  readonly listResultsBucketName: string;
}

/** The event for a run by hand, which does what the schedule would: the value of the sync's SSM parameter. */
export function byHandEvent(
  server: ServerDefinition,
  { setting, schedule }: SyncDefinition,
  target: RunTarget,
): RunEventInput {
  return {
    Name: server.name,
    ...(server.formerName === undefined ? {} : { FormerName: server.formerName }),
    Connector: target.connectorId,
    ReportBucket: target.listResultsBucketName,
    SyncSettings: [setting],
    ...(schedule.kind === "on-demand"
      ? { Schedule: "on-demand" }
      : { Schedule: schedule.expression, ScheduleTimezone: schedule.timezone }),
    Mode: "as-scheduled",
  };
}

/** The input of a sync's schedule; `ScheduledTime` is filled in by EventBridge Scheduler. */
export function scheduledEvent(server: ServerDefinition, sync: SyncDefinition, target: RunTarget): RunEventInput {
  return { ...byHandEvent(server, sync, target), ScheduledTime: SCHEDULED_TIME_ATTRIBUTE };
}
