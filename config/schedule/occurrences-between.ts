import type { Schedule } from "../../contract/model";
import { minutesOfDay } from "./cron-fields";
import { cronFields, nextOccurrence } from "./occurrences";
import { WallClock } from "./wall-clock";

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * All times from `from` up to, but not including, `to` at which a cron schedule is due, in the order of its zone's clock; none for
 * other kinds. The same as asking for one next occurrence after the other, and quick with a run each minute: the calendar is asked for
 * days alone, and the zone only where its clock is put forward or back within one.
 */
export function* occurrencesBetween(schedule: Schedule, from: Date, to: Date): Generator<Date, void> {
  if (schedule.kind !== "cron") {
    return;
  }
  const [minutes = "", hours = "", ...days] = cronFields(schedule.expression);
  const times = minutesOfDay(minutes, hours).map((minute) => minute * MINUTE);
  const clock = new WallClock(schedule.timezone);
  const calendar: Schedule = { kind: "cron", expression: `cron(0 0 ${days.join(" ")})`, timezone: "UTC" };
  // No clock is as much as a day before or after UTC.
  let day = nextOccurrence(calendar, new Date(from.getTime() - 2 * DAY - 1));
  for (; day !== undefined && day.getTime() < to.getTime() + DAY; day = nextOccurrence(calendar, day)) {
    const [start, end] = [day, new Date(day.getTime() + DAY)].map((midnight) =>
      clock.firstInstant(midnight)?.getTime(),
    );
    const isEven = start !== undefined && end === start + DAY;
    for (const time of times) {
      const due = isEven ? new Date(start + time) : clock.firstInstant(new Date(day.getTime() + time));
      if (due !== undefined && due >= from && due < to) {
        yield due;
      }
    }
  }
}
