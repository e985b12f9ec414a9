import { isRecord } from "../../problems/path";
import { error } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";
import { SCHEDULE_FORMS } from "../../schedule/schedule";

/** The server's schedule is for the syncs without their own; a sync with neither would never say when it runs. */
export function everySyncHasASchedule(data: Record<string, unknown>): PlacedFinding[] {
  if (data.Schedule !== undefined) {
    return [];
  }
  const settings: unknown[] = Array.isArray(data.SyncSettings) ? data.SyncSettings : [];
  const syncs = settings.map((sync, index) => ({ sync, index }));
  const without = syncs.filter(({ sync }) => isRecord(sync) && sync.Schedule === undefined);
  if (without.length === syncs.length) {
    return [{ path: ["Schedule"], part: "value", finding: error("is missing", { allowed: SCHEDULE_FORMS }) }];
  }
  return without.map(({ index }) => ({
    path: ["SyncSettings", index, "Schedule"],
    part: "value",
    finding: error("is missing, and the server has none either", { allowed: SCHEDULE_FORMS }),
  }));
}
