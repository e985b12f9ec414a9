import { z } from "zod";
import type { ServerDefinition, SyncDefinition } from "./model";
import { type SyncSetting, syncSettingSchema } from "./sync-setting";

/** EventBridge Scheduler replaces this, within a target's input, by the time for which the invocation was scheduled. */
export const SCHEDULED_TIME_ATTRIBUTE = "<aws.scheduler.scheduled-time>";

/** In the year 5138; milliseconds given by mistake are beyond it, where no file would be new enough. */
export const LATEST_SECONDS = 1e11;

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

export type RunEvent = z.infer<typeof runEventSchema>;
/** The event before defaults are filled in. */
export type RunEventInput = z.input<typeof runEventSchema>;

/** Where an event's run takes place; in stacks these are Terraform references. */
export interface RunTarget {
  readonly connectorId: string;
  readonly listResultsBucketName: string;
}

function baseEvent(server: ServerDefinition, { setting }: SyncDefinition, target: RunTarget) {
  const settings: [SyncSetting] = [setting];
  return {
    Name: server.name,
    Connector: target.connectorId,
    ReportBucket: target.listResultsBucketName,
    SyncSettings: settings,
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
