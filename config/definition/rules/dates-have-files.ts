import type { Schedule } from "../../../contract/model";
import { type Finding, warning } from "../../problems/problem";
import { describeReceived } from "../../problems/received";
import type { PlacedFinding } from "../../problems/zod-findings";
import { nextOccurrence, previousOccurrence } from "../../schedule/occurrences";
import type { DefinitionFields } from "../form/definition-schema";
import { scheduleOf } from "../form/sync-schedule";

/** The tags, the finest first, with the length of the beginning of `2026-11-30` that changes with them. */
const DATE_LENGTHS = { "%day%": 10, "%month%": 7, "%year%": 4 } as const;

const HOUR = 3_600_000;
const SEASON = 91 * 24 * HOUR;

/**
 * Warns of a sync whose date's folder is looked at too early: always at the moment at which the date begins, while it is still empty,
 * or for the last time more than an hour before the date ends. What comes into it later is looked for by no run.
 */
export function datesHaveFiles(server: DefinitionFields, now = new Date()): PlacedFinding[] {
  const known = new Map<string, Finding | undefined>();
  return server.SyncSettings.items.flatMap(({ fields }): PlacedFinding[] => {
    const folder = fields?.RemoteFolders.fields?.Folder;
    const [, length] = Object.entries(DATE_LENGTHS).find(([tag]) => folder?.value?.includes(tag)) ?? [];
    const schedule = fields === undefined ? undefined : scheduleOf(fields, server);
    if (folder === undefined || length === undefined || schedule?.kind !== "cron") {
      return [];
    }
    const key = `${schedule.expression} ${schedule.timezone} ${length}`;
    const found = known.has(key) ? known.get(key) : missed(schedule, length, now);
    known.set(key, found);
    const finding = found && { ...found, received: describeReceived(folder.written) };
    return finding === undefined ? [] : [{ path: folder.path, part: "value", finding }];
  });
}

function missed(schedule: Schedule, length: number, now: Date): Finding | undefined {
  const allowed =
    "a schedule towards the end of the date in UTC, such as cron(50 23 * * ? *), or a Folder above the date";
  if (alwaysAtBeginning(schedule, length, now)) {
    return warning("is still empty when the sync runs: its date begins at 00:00 UTC, just then", { allowed });
  }
  const last = lastRunLongBeforeEnd(schedule, length, now);
  return (
    last &&
    warning(
      `is looked at for the last time long before its date ends, such as at ${last.toISOString().slice(0, 16)}Z: ` +
        "what comes later is never copied",
      { allowed },
    )
  );
}

/** A date's last run, where it is more than an hour before the date's end in each season. */
function lastRunLongBeforeEnd(schedule: Schedule, length: number, now: Date): Date | undefined {
  const lasts = [0, 1, 2, 3].flatMap((season) => {
    const run = nextOccurrence(schedule, new Date(now.getTime() + season * SEASON));
    if (run === undefined) {
      return [];
    }
    const end = endOfDate(run, length);
    return { end, last: previousOccurrence(schedule, end) ?? run };
  });
  const isLong = lasts.length > 0 && lasts.every(({ end, last }) => end.getTime() - last.getTime() > HOUR);
  return isLong ? lasts[0]?.last : undefined;
}

/** In UTC, where the next day, month or year begins. */
function endOfDate(time: Date, length: number): Date {
  const [year, month, day] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()];
  const { "%day%": ofDay, "%month%": ofMonth } = DATE_LENGTHS;
  return new Date(
    length === ofDay
      ? Date.UTC(year, month, day + 1)
      : length === ofMonth
        ? Date.UTC(year, month + 1)
        : Date.UTC(year + 1, 0),
  );
}

/** In each season, since clocks are put forward and back. */
function alwaysAtBeginning(schedule: Schedule, length: number, now: Date): boolean {
  const times = [0, 1, 2, 3].flatMap((season) => {
    const first = nextOccurrence(schedule, new Date(now.getTime() + season * SEASON));
    const second = first && nextOccurrence(schedule, first);
    return [first, second].filter((time) => time !== undefined);
  });
  const date = (time: number) => new Date(time).toISOString().slice(0, length);
  return times.length > 0 && times.every((time) => date(time.getTime()) !== date(time.getTime() - 1));
}
