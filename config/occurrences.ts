import { Cron } from "croner";
import type { Schedule } from "./model";

/** The first time after `after` at which a cron schedule is due; undefined when it never is again, and for other kinds. */
export function nextOccurrence(schedule: Schedule, after: Date): Date | undefined {
  return cronOf(schedule)?.nextRun(after) ?? undefined;
}

/**
 * The last time before `before` at which a cron schedule was due; undefined when it never was. A rate counts from when
 * AWS created the schedule, and on-demand has no times: both give undefined.
 */
export function previousOccurrence(schedule: Schedule, before: Date): Date | undefined {
  return cronOf(schedule)?.previousRuns(1, before)[0];
}

/** The six fields of `cron(...)`. */
export function cronFields(expression: string): string[] {
  return expression.replace(/^cron\((.*)\)$/, "$1").split(" ");
}

function cronOf(schedule: Schedule): Cron | undefined {
  if (schedule.kind !== "cron") {
    return undefined;
  }
  const fields = cronFields(schedule.expression);
  // AWS: L alone is the last day of the week. The library knows it with a day before it only.
  const translated = fields.map((field, index) => (index === 4 && field === "L" ? "7" : field));
  return new Cron(`0 ${translated.join(" ")}`, {
    paused: true,
    alternativeWeekdays: true,
    sloppyRanges: true,
    timezone: schedule.timezone,
  });
}
