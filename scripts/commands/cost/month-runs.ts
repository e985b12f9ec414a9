import { occurrencesBetween } from "../../../config/schedule/occurrences-between";
import { rateSeconds } from "../../../config/schedule/rate";
import type { SyncDefinition } from "../../../contract/model";
import type { Month } from "./month";

const HOUR = 3_600_000;

/** How often a sync runs in a month, and in how many of its hours a run begins. */
export interface MonthRuns {
  readonly runs: number;
  readonly hours: number;
  /** Of these, those that a schedule starts. */
  readonly scheduled: number;
}

/**
 * A cron schedule's runs are counted one by one, in its time zone. A rate counts from its deployment, which is not known here: its runs
 * are as many as there can be.
 * @param byHand of a sync on demand, or disabled.
 */
export function runsIn(month: Month, { schedule, enabled }: SyncDefinition, byHand: number): MonthRuns {
  if (!enabled || schedule.kind === "on-demand") {
    return { runs: byHand, hours: Math.min(byHand, month.hours), scheduled: 0 };
  }
  const every = rateSeconds(schedule);
  if (every !== undefined) {
    const runs = Math.ceil((month.hours * 3600) / every);
    return { runs, hours: Math.min(runs, month.hours), scheduled: runs };
  }
  const due = [...occurrencesBetween(schedule, month.from, month.to)];
  const hours = new Set(due.map((at) => Math.floor(at.getTime() / HOUR)));
  return { runs: due.length, hours: hours.size, scheduled: due.length };
}
