import { previousOccurrence } from "../config/schedule/occurrences";
import { rateSeconds } from "../config/schedule/rate";
import { parseSchedule } from "../config/schedule/schedule";
import { ConditionFailed } from "./ports/errors";
import type { ObjectStore } from "./ports/services";
import type { RunContext } from "./run-context";

/**
 * `ChangeDetection: modified-time`, the sample's stateless rule: a scheduled run looks only at what was modified after the
 * time at which the schedule was due before. What it can miss (old times, failed runs, skewed clocks) is why the ledger is
 * the default.
 */
export function usesModifiedTime({ sync }: RunContext): boolean {
  return sync.ChangeDetection === "modified-time";
}

/**
 * The time after which a file must have been modified to be looked at. A run by hand looks back as far as the one that was
 * due last: that may have failed, or never have come.
 * @returns `undefined` where everything is held against S3: with the ledger, in the modes that ask for it, for a schedule
 *   without such times, and until a first copy of everything has succeeded.
 */
export async function windowStart(objects: ObjectStore, context: RunContext): Promise<Date | undefined> {
  const { ScheduledTime } = context.event;
  if (!usesModifiedTime(context) || context.mode.compares) {
    return undefined;
  }
  const firstCopy = await hasFirstCopy(objects, context);
  const due = ScheduledTime === undefined ? previousDue(context, context.startedAt) : new Date(ScheduledTime);
  const previous = firstCopy && due !== undefined ? previousDue(context, due) : undefined;
  // What had to settle the last time was not copied then.
  return previous && new Date(previous.getTime() - context.sync.MinimumAgeSeconds * 1000);
}

/** Notes that a copy of everything has succeeded, beside the ledgers and never in the user's bucket. */
export async function recordFirstCopy(objects: ObjectStore, context: RunContext): Promise<void> {
  if (!usesModifiedTime(context) || context.event.DryRun || context.mode.fromTimestamp !== undefined) {
    return;
  }
  try {
    await objects.write(context.bucket, markerKey(context.ledgerPrefix), JSON.stringify({ run: context.run }), {
      ifAbsent: true,
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) {
      throw error;
    }
  }
}

/** Under the server's own name, or its former one. */
async function hasFirstCopy(objects: ObjectStore, { bucket, ledgerPrefix, formerLedgerPrefix }: RunContext) {
  for (const prefix of formerLedgerPrefix === undefined ? [ledgerPrefix] : [ledgerPrefix, formerLedgerPrefix]) {
    if ((await objects.read(bucket, markerKey(prefix))) !== undefined) {
      return true;
    }
  }
  return false;
}

function markerKey(ledgerPrefix: string): string {
  return `${ledgerPrefix}first-copy`;
}

function previousDue({ event }: RunContext, due: Date): Date | undefined {
  const { schedule } = parseSchedule(event.Schedule, event.ScheduleTimezone);
  if (schedule === undefined) {
    return undefined;
  }
  const seconds = rateSeconds(schedule);
  return seconds === undefined ? previousOccurrence(schedule, due) : new Date(due.getTime() - seconds * 1000);
}
