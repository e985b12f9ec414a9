import { nextOccurrence } from "../../../config/schedule/occurrences";
import { WallClock } from "../../../config/schedule/wall-clock";
import type { Schedule } from "../../../contract/model";

/** A time at which a schedule fires. */
export interface NextRun {
  /** ISO 8601, such as `2026-12-01T05:00:00.000Z`. */
  readonly utc: string;
  /** What the clock of the schedule's zone shows then, such as `2026-12-01 06:00`. */
  readonly local: string;
}

/** The next times of a cron schedule; none for other kinds, whose times are known to AWS alone. */
export function nextRuns(schedule: Schedule, after: Date, count: number): NextRun[] {
  if (schedule.kind !== "cron") {
    return [];
  }
  const clock = new WallClock(schedule.timezone);
  const runs: NextRun[] = [];
  for (let at = nextOccurrence(schedule, after); at !== undefined && runs.length < count; ) {
    runs.push({ utc: at.toISOString(), local: minutes(clock.shown(at)) });
    at = nextOccurrence(schedule, at);
  }
  return runs;
}

const minutes = (date: Date) => date.toISOString().slice(0, 16).replace("T", " ");

/** `2026-12-01 05:00 UTC (06:00 in Europe/Berlin)`; the zone's day only where it is another one. */
export function nextRunText({ utc, local }: NextRun, timezone: string): string {
  const shown = minutes(new Date(utc));
  if (shown === local) {
    return `${shown} UTC`;
  }
  const [day, time] = local.split(" ");
  return `${shown} UTC (${shown.startsWith(`${day}`) ? time : local} in ${timezone})`;
}
