import { Cron } from "croner";
import type { Schedule } from "../../contract/model";
import { WallClock } from "./wall-clock";

/** The first time after `after` at which a cron schedule is due; undefined when it never is again, and for other kinds. */
export function nextOccurrence(schedule: Schedule, after: Date): Date | undefined {
  for (const due of dueTimes(schedule, after, (cron, shown) => cron.nextRun(shown))) {
    // While an hour comes for the second time, what the clock shows next was due in the first.
    if (due > after) {
      return due;
    }
  }
  return undefined;
}

/**
 * The last time before `before` at which a cron schedule was due; undefined when it never was. A rate counts from when
 * AWS created the schedule, and on-demand has no times: both give undefined.
 *
 * It is rather too early than too late. A schedule that is due while an hour comes for the second time was not run in the
 * first: what counts is therefore the time before on the clock, and not the last one of the first pass.
 */
export function previousOccurrence(schedule: Schedule, before: Date): Date | undefined {
  const [previous] = dueTimes(schedule, before, (cron, shown) => cron.previousRuns(1, shown)[0]);
  return previous;
}

/** The six fields of `cron(...)`. */
export function cronFields(expression: string): string[] {
  return expression.replace(/^cron\((.*)\)$/, "$1").split(" ");
}

/**
 * When EventBridge Scheduler runs what the clock shows at one step after the other. It skips a time that the clock leaves
 * out, and runs one that comes twice once; of the two the first is taken, as the earlier one.
 */
function* dueTimes(
  schedule: Schedule,
  from: Date,
  step: (cron: Cron, shown: Date) => Date | null | undefined,
): Generator<Date, void> {
  if (schedule.kind !== "cron") {
    return;
  }
  const cron = clockCron(schedule.expression);
  const clock = new WallClock(schedule.timezone);
  for (let shown = step(cron, clock.shown(from)); shown; shown = step(cron, shown)) {
    const due = clock.firstInstant(shown);
    if (due !== undefined) {
      yield due;
    }
  }
}

/** By expression: many syncs have the same, and some ask a thousand times. */
const CRONS = new Map<string, Cron>();

function clockCron(expression: string): Cron {
  const cron = CRONS.get(expression) ?? newClockCron(expression);
  CRONS.set(expression, cron);
  return cron;
}

/** In UTC, whose clock is never put forward or back: the library has its own ways with clocks that are. */
function newClockCron(expression: string): Cron {
  // AWS: L alone is the last day of the week. The library knows it with a day before it only.
  const translated = cronFields(expression).map((field, index) => (index === 4 && field === "L" ? "7" : field));
  return new Cron(`0 ${translated.join(" ")}`, {
    paused: true,
    alternativeWeekdays: true,
    sloppyRanges: true,
    timezone: "UTC",
  });
}
