import { createHash } from "node:crypto";
import * as z from "zod";
import { didYouMean, nearestName } from "../config/problems/nearest-name";
import { isRecord } from "../config/problems/path";
import { firstIssues } from "../contract/first-issues";
import { LEDGER_PREFIX, LOCKS_PREFIX, RUNS_PREFIX } from "../contract/layout";
import { type Mode, modeOf, type RunEvent, runEventSchema } from "../contract/run-event";
import type { SyncSetting } from "../contract/sync-setting";
import { RunError } from "./errors";

/** What a person changes in an event. Other keys are left alone: events of the sample may have more. */
const CHANGED_BY_HAND = ["Mode", "FromTimestamp", "DryRun"];

/** Written otherwise, such a key would be ignored: a run that should have been dry would copy. */
const eventSchema = z
  .unknown()
  .superRefine((event, context) => {
    for (const key of Object.keys(isRecord(event) ? event : {})) {
      if (!Object.hasOwn(runEventSchema.shape, key) && nearestName(key, CHANGED_BY_HAND) !== undefined) {
        context.addIssue({ code: "custom", path: [key], message: `unknown${didYouMean(key, CHANGED_BY_HAND)}` });
      }
    }
  })
  .pipe(runEventSchema);

/** What the state machine hands to each of its Lambdas: the event, and the execution that carries it. */
const sliceInputSchema = z.object({
  Event: eventSchema,
  Execution: z.object({
    Id: z.string().min(1),
    Name: z.string().min(1),
    StartTime: z.string().min(1),
  }),
  StateMachine: z.object({ Id: z.string().min(1) }),
});

/** What a run looks at, and what decides, as its event's mode says it. */
export interface RunMode {
  readonly name: Mode;
  /** What the ledger knows, or the window leaves out, is held against S3 too, so that what was deleted there comes back. */
  readonly compares: boolean;
  /** UTC seconds: what was modified before is left alone. Never 0, which is everything. */
  readonly fromTimestamp: number | undefined;
}

/** One run, as its Lambdas see it: the parsed event, and where the run's objects lie. */
export interface RunContext {
  /** Name of the run's first execution. */
  readonly run: string;
  /** 1 in the run's first execution; a long run goes on in further ones. */
  readonly part: number;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly startedAt: Date;
  readonly event: RunEvent;
  readonly mode: RunMode;
  readonly server: string;
  readonly sync: SyncSetting;
  /** The list-results bucket. */
  readonly bucket: string;
  /** `runs/SERVER/SYNC/RUN/` */
  readonly prefix: string;
  readonly lockKey: string;
  /** Where the locks of all syncs on this connector lie. */
  readonly locksPrefix: string;
  /** `ledger/SERVER/DESTINATION/` */
  readonly ledgerPrefix: string;
  /** The same of the server under its former name; to be read only. */
  readonly formerLedgerPrefix: string | undefined;
}

/** @throws RunError `InvalidEvent` naming every field that is missing or wrong. */
export function parseRunContext(input: unknown): RunContext {
  const result = sliceInputSchema.safeParse(input);
  if (!result.success) {
    const message = `The event does not start a run: ${firstIssues(result.error)}`;
    throw new RunError("InvalidEvent", `${message}\nThe sync's SSM parameter holds an event to start from.`);
  }
  const { Event, Execution, StateMachine } = result.data;
  const [sync] = Event.SyncSettings;
  const run = Event.Run?.Name ?? Execution.Name;
  return {
    run,
    part: Event.Run?.Part ?? 1,
    executionArn: Execution.Id,
    stateMachineArn: StateMachine.Id,
    startedAt: new Date(Event.Run?.StartedAt ?? Execution.StartTime),
    event: Event,
    mode: runMode(Event),
    server: Event.Name,
    sync,
    bucket: Event.ReportBucket,
    prefix: runPrefix(Event.Name, sync.Name, run),
    lockKey: `${LOCKS_PREFIX}${Event.Name}/${sync.Name}`,
    locksPrefix: `${LOCKS_PREFIX}${Event.Name}/`,
    ledgerPrefix: ledgerPrefix(Event.Name, sync),
    formerLedgerPrefix: Event.FormerName === undefined ? undefined : ledgerPrefix(Event.FormerName, sync),
  };
}

/** Where a run keeps its objects in the list-results bucket: `runs/SERVER/SYNC/RUN/`. */
export function runPrefix(server: string, sync: string, run: string): string {
  return `${RUNS_PREFIX}${server}/${sync}/${run}/`;
}

function ledgerPrefix(server: string, sync: SyncSetting): string {
  return `${LEDGER_PREFIX}${server}/${destinationId(sync)}/`;
}

/** Writing elsewhere starts a ledger afresh; renaming a sync does not. */
function destinationId(sync: SyncSetting): string {
  const { BucketName, Prefix } = sync.LocalRepository;
  return shortHash(JSON.stringify([sync.RemoteFolders.Folder, BucketName, Prefix]));
}

/** 128 bits in hexadecimal: long enough that two folders never share a ledger. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex").slice(0, 32);
}

function runMode(event: RunEvent): RunMode {
  const name = modeOf(event);
  return { name, compares: name !== "as-scheduled", fromTimestamp: event.FromTimestamp || undefined };
}
