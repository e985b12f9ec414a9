import { warning } from "../../problems/problem";
import { describeReceived } from "../../problems/received";
import type { PlacedFinding } from "../../problems/zod-findings";
import { nextOccurrence } from "../../schedule/occurrences";
import type { DefinitionFields, SyncFields } from "../form/definition-schema";
import { scheduleField, scheduleOf } from "../form/sync-schedule";

/**
 * Warns of cron schedules that have no time left: their years are over, or the clock of their zone leaves out the only
 * one. Not an error, since a file that was right must not stop every other server from being deployed one day.
 */
export function schedulesFire(server: DefinitionFields, now = new Date()): PlacedFinding[] {
  const findings = server.SyncSettings.items.flatMap(({ fields }) =>
    fields === undefined ? [] : findingOf(server, fields, now),
  );
  // The server's schedule is said once for all syncs that have it.
  return findings.filter(
    ({ path, finding }, index) =>
      findings.findIndex((one) => one.path.join() === path.join() && one.finding.message === finding.message) === index,
  );
}

function findingOf(server: DefinitionFields, sync: SyncFields, now: Date): PlacedFinding[] {
  const schedule = scheduleOf(sync, server);
  if (schedule?.kind !== "cron" || nextOccurrence(schedule, now) !== undefined) {
    return [];
  }
  const { path, written } = scheduleField(sync, server);
  const details = { received: describeReceived(written), allowed: "a schedule with a time to come, or on-demand" };
  const finding = warning(`has no time left in the time zone ${schedule.timezone}`, details);
  return [{ path, part: "value", finding }];
}
