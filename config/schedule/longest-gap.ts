import type { Schedule } from "../../contract/model";
import { minutesOfDay } from "./cron-fields";
import { cronFields, nextOccurrence, previousOccurrence } from "./occurrences";
import { rateSeconds } from "./rate";
import { type ZoneShift, zoneShifts } from "./zone-shifts";

/**
 * The years that are looked at: with a leap year, and always the same ones, since what follows from the gap must not
 * change with the day on which it is computed.
 */
const FROM = new Date("2027-01-01T00:00:00Z");
const TO = new Date("2029-01-01T00:00:00Z");
const TWO_WEEKS_LATER = new Date("2027-01-15T00:00:00Z");

type CronOrRate = Exclude<Schedule, { kind: "on-demand" }>;

const GAPS = new Map<string, number | undefined>();
const SHIFTS = new Map<string, readonly ZoneShift[]>();

/**
 * The longest time in seconds between two runs that follow one another by schedule, in any week of the year.
 * @returns undefined where there is no such bound: on demand, or for a schedule of certain years, which ends.
 */
export function longestGapSeconds(schedule: Schedule): number | undefined {
  if (schedule.kind !== "cron") {
    return rateSeconds(schedule);
  }
  // Many syncs have the same schedule, and two years of it are some thousand steps.
  const key = `${schedule.expression} ${schedule.timezone}`;
  if (!GAPS.has(key)) {
    GAPS.set(key, longestGapOfCron(schedule));
  }
  return GAPS.get(key);
}

function longestGapOfCron(schedule: CronOrRate): number | undefined {
  const [minutes = "", hours = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = cronFields(
    schedule.expression,
  );
  if (year !== "*") {
    return undefined;
  }
  const times = minutesOfDay(minutes, hours).map((minute) => minute * 60);
  const repeatsWeekly = /^[?*]$/.test(dayOfMonth) && month === "*" && !/[L#]/.test(dayOfWeek);
  const days = { ...schedule, expression: `cron(0 0 ${dayOfMonth} ${month} ${dayOfWeek} *)`, timezone: "UTC" };
  const onClock = longestOnClock(times, longestBetweenDays(days, repeatsWeekly ? TWO_WEEKS_LATER : TO));
  const clock = { ...schedule, timezone: "UTC" };
  const shifts = SHIFTS.get(schedule.timezone) ?? zoneShifts(schedule.timezone, FROM, TO);
  SHIFTS.set(schedule.timezone, shifts);
  const aroundShifts = shifts.flatMap((shift) => gapsAround(clock, shift));
  return Math.max(onClock, ...aroundShifts);
}

/** Seconds from one midnight with runs to the next. */
function longestBetweenDays(days: Schedule, until: Date): number {
  let longest = 0;
  let day = previousOccurrence(days, FROM);
  while (day !== undefined && day < until) {
    const next = nextOccurrence(days, day);
    longest = Math.max(longest, next === undefined ? 0 : seconds(day, next));
    day = next;
  }
  return longest;
}

/** By a clock that is never put forward or back. */
function longestOnClock(times: readonly number[], betweenDays: number): number {
  const [first = 0] = times;
  const withinDay = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return Math.max(betweenDays - (times.at(-1) ?? 0) + first, ...withinDay);
}

/**
 * EventBridge Scheduler (user guide, "Daylight savings time") skips a run whose time the clock leaves out, and does not
 * repeat one whose time comes twice; whether the first or the second counts it does not say.
 * @param clock the schedule as if in UTC, so that times on the clock can be compared.
 */
function gapsAround(clock: Schedule, { at, before, after }: ZoneShift): number[] {
  const clockWith = (offset: number) => new Date(at.getTime() + offset * 1000);
  const gap = (lastBefore: Date, firstFrom: Date) => {
    const last = previousOccurrence(clock, lastBefore);
    const next = nextOccurrence(clock, new Date(firstFrom.getTime() - 1));
    return last === undefined || next === undefined ? 0 : seconds(last, next) + before - after;
  };
  return after > before
    ? [gap(clockWith(before), clockWith(after))]
    : [before, after].map((offset) => gap(clockWith(offset), clockWith(offset)));
}

function seconds(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
