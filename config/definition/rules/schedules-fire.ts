import { isRecord, type Path } from "../../problems/path";
import { warning } from "../../problems/problem";
import { describeReceived } from "../../problems/received";
import type { PlacedFinding } from "../../problems/zod-findings";
import { nextOccurrence } from "../../schedule/occurrences";
import { parseSchedule } from "../../schedule/schedule";

/**
 * Warns of cron schedules that have no time left: their years are over, or the clock of their zone leaves out the only
 * one. Not an error, since a file that was right must not stop every other server from being deployed one day.
 */
export function schedulesFire(data: Record<string, unknown>, now = new Date()): PlacedFinding[] {
  const syncs: unknown[] = Array.isArray(data.SyncSettings) ? data.SyncSettings : [];
  const findings = syncs.flatMap((sync, index) => (isRecord(sync) ? findingOf(data, sync, index, now) : []));
  // The server's schedule is said once for all syncs that have it.
  return findings.filter(
    ({ path, finding }, index) =>
      findings.findIndex((one) => one.path.join() === path.join() && one.finding.message === finding.message) === index,
  );
}

function findingOf(
  server: Record<string, unknown>,
  sync: Record<string, unknown>,
  index: number,
  now: Date,
): PlacedFinding[] {
  const path: Path = sync.Schedule === undefined ? ["Schedule"] : ["SyncSettings", index, "Schedule"];
  const text = sync.Schedule ?? server.Schedule;
  const timezone = sync.ScheduleTimezone ?? server.ScheduleTimezone ?? "UTC";
  if (typeof text !== "string" || typeof timezone !== "string") {
    return [];
  }
  const { schedule } = parseSchedule(text, timezone);
  if (schedule?.kind !== "cron" || nextOccurrence(schedule, now) !== undefined) {
    return [];
  }
  const details = { received: describeReceived(text), allowed: "a schedule with a time to come, or on-demand" };
  return [{ path, part: "value", finding: warning(`has no time left in the time zone ${timezone}`, details) }];
}
