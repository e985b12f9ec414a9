import type { Schedule } from "../../../contract/model";
import { warning } from "../../problems/problem";
import { describeReceived } from "../../problems/received";
import type { PlacedFinding } from "../../problems/zod-findings";
import { nextOccurrence } from "../../schedule/occurrences";
import type { DefinitionFields } from "../form/definition-schema";
import { scheduleOf } from "../form/sync-schedule";

/** The tags, the finest first, with the length of the beginning of `2026-11-30` that changes with them. */
const DATE_LENGTHS = { "%day%": 10, "%month%": 7, "%year%": 4 } as const;

const SEASON = 91 * 86_400_000;

/**
 * Warns of a sync that always runs at the moment at which the date in its folder begins: that folder is still empty, and what
 * comes into it later is looked for by no run.
 */
export function datesHaveFiles(server: DefinitionFields, now = new Date()): PlacedFinding[] {
  const known = new Map<string, boolean>();
  return server.SyncSettings.items.flatMap(({ fields }): PlacedFinding[] => {
    const folder = fields?.RemoteFolders.fields?.Folder;
    const [, length] = Object.entries(DATE_LENGTHS).find(([tag]) => folder?.value?.includes(tag)) ?? [];
    const schedule = fields === undefined ? undefined : scheduleOf(fields, server);
    if (folder === undefined || length === undefined || schedule?.kind !== "cron") {
      return [];
    }
    const key = `${schedule.expression} ${schedule.timezone} ${length}`;
    const isEmpty = known.get(key) ?? alwaysAtBeginning(schedule, length, now);
    known.set(key, isEmpty);
    if (!isEmpty) {
      return [];
    }
    const finding = warning("is still empty when the sync runs: its date begins at 00:00 UTC, just then", {
      received: describeReceived(folder.written),
      allowed: "a schedule towards the end of the date in UTC, such as cron(50 23 * * ? *), or a Folder above the date",
    });
    return [{ path: folder.path, part: "value", finding }];
  });
}

/** In each season, since clocks are put forward and back. */
function alwaysAtBeginning(schedule: Schedule, length: number, now: Date): boolean {
  const times = [0, 1, 2, 3].flatMap((season) => {
    const first = nextOccurrence(schedule, new Date(now.getTime() + season * SEASON));
    const second = first && nextOccurrence(schedule, first);
    return [first, second].filter((time) => time !== undefined);
  });
  const date = (time: number) => new Date(time).toISOString().slice(0, length);
  return times.length > 0 && times.every((time) => date(time.getTime()) !== date(time.getTime() - 1));
}
