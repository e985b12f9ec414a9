import type { Schedule } from "../../contract/model";

const UNIT_SECONDS = { minute: 60, hour: 3600, day: 86_400 } as const;

/** Seconds between two runs of a `rate(...)` schedule; undefined for other kinds. Days have 24 hours, in every time zone. */
export function rateSeconds(schedule: Schedule): number | undefined {
  if (schedule.kind !== "rate") {
    return undefined;
  }
  const [, value = "0", unit = ""] = /^rate\((\d+) (\w+?)s?\)$/.exec(schedule.expression) ?? [];
  return unit === "minute" || unit === "hour" || unit === "day" ? Number(value) * UNIT_SECONDS[unit] : undefined;
}
