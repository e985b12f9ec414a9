import { longestGapSeconds } from "../../../config/schedule/longest-gap";
import type { SyncDefinition } from "../../../contract/model";
import { DAY, HOUR, MINUTES_5 } from "./metrics/periods";

/** How an alarm can tell that no run of a sync succeeded when one was due, or why none can. */
export type SuccessWatch =
  | { readonly periodSeconds: number; readonly periods: number; readonly reason?: undefined }
  | { readonly reason: string };

/**
 * How far back an alarm looks at most: a day with periods below an hour, else seven days (API reference, PutMetricAlarm).
 * Beyond a day it is judged once an hour only.
 */
const REACHES = [
  { periodSeconds: MINUTES_5, reach: DAY },
  { periodSeconds: HOUR, reach: 7 * DAY },
] as const;

/** @param graceSeconds from when a run is due to its success. */
export function successWatch({ schedule, enabled }: SyncDefinition, graceSeconds: number): SuccessWatch {
  if (schedule.kind === "on-demand") {
    return { reason: "it runs on demand: no run is ever due" };
  }
  if (!enabled) {
    return { reason: "it is disabled" };
  }
  const gap = longestGapSeconds(schedule);
  if (gap === undefined) {
    return { reason: "its schedule holds for certain years only, and an alarm does not know when it ends" };
  }
  const fitting = REACHES.map(({ periodSeconds, reach }) => ({
    periodSeconds,
    // One more: the window ends within a period, and its first one has begun before.
    periods: Math.ceil((gap + graceSeconds) / periodSeconds) + 1,
    reach,
  })).find(({ periodSeconds, periods, reach }) => periods * periodSeconds <= reach);
  if (fitting === undefined) {
    const awaited = `up to ${duration(gap)} lie between two runs, and success may take ${duration(graceSeconds)} more`;
    return { reason: `${awaited}: that does not fit in the 7 days that an alarm looks back` };
  }
  return { periodSeconds: fitting.periodSeconds, periods: fitting.periods };
}

/** `7 days`, `25 hours`, `1 hour`. */
function duration(seconds: number): string {
  const [value, unit] =
    seconds > 0 && seconds % DAY === 0 ? [seconds / DAY, "day"] : [Math.ceil(seconds / HOUR), "hour"];
  return `${value} ${unit}${value === 1 ? "" : "s"}`;
}
