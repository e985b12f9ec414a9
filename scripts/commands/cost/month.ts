import { occurrencesBetween } from "../../../config/schedule/occurrences-between";
import { rateSeconds } from "../../../config/schedule/rate";
import type { SyncDefinition } from "../../../contract/model";

/** A month of the calendar, in UTC as AWS bills it. */
export interface Month {
  /** `2026-12` */
  readonly name: string;
  readonly from: Date;
  /** The first moment that is no longer in it. */
  readonly to: Date;
  readonly hours: number;
}

const HOUR = 3_600_000;

/** @param name such as `2026-12`. @returns undefined where it names no month. */
export function monthOf(name: string): Month | undefined {
  const [, year = "", number = ""] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name) ?? [];
  if (year === "" || Number(year) < 1970) {
    return undefined;
  }
  const from = new Date(Date.UTC(Number(year), Number(number) - 1));
  const to = new Date(Date.UTC(Number(year), Number(number)));
  return { name, from, to, hours: (to.getTime() - from.getTime()) / HOUR };
}

/** The month that a moment lies in. */
export const monthAt = (date: Date): Month => {
  const name = date.toISOString().slice(0, 7);
  const month = monthOf(name);
  if (month === undefined) {
    throw new Error(`${name} is no month`);
  }
  return month;
};

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
