import { error, type Problem } from "../../problems/problem";
import { minutesOfDay } from "../../schedule/cron-fields";
import { cronFields } from "../../schedule/occurrences";
import { offsetReader } from "../../schedule/zone-shifts";
import { type DefinitionFile, placeInFile } from "../definition-file";
import { syncName } from "../form/sync-name";
import { scheduleOf } from "../form/sync-schedule";

const MINUTES_OF_DAY = 24 * 60;

/** In each zone with two offsets one lies in either; they stay the same, since what is valid does not change from day to day. */
const WINTER_AND_SUMMER = ["2027-01-15T12:00:00Z", "2027-07-15T12:00:00Z"].map((time) => Date.parse(time));

/** So many are named. */
const MOST_NAMED = 3;

/**
 * Every start takes an execution of a function at once, of which an account has so many for all servers. Days are not told apart:
 * all syncs that start in a minute of some day count for it, and one in a zone with two offsets for both.
 * @param most setting `startsPerMinute`; absent where nothing is demanded.
 */
export function startsAreSpread(files: readonly DefinitionFile[], most: number | undefined): Problem[] {
  return most === undefined ? [] : files.flatMap((file) => ofServer(file, most));
}

function ofServer(file: DefinitionFile, most: number): Problem[] {
  const syncs = scheduledSyncs(file);
  if (syncs.length <= most) {
    return [];
  }
  const starts = new Uint16Array(MINUTES_OF_DAY);
  for (const { minutes } of syncs) {
    for (const minute of minutes) {
      starts[minute] = (starts[minute] ?? 0) + 1;
    }
  }
  const highest = starts.reduce((max, count) => Math.max(max, count), 0);
  if (highest <= most) {
    return [];
  }
  const minute = starts.indexOf(highest);
  const names = syncs.filter(({ minutes }) => minutes.has(minute)).map(({ name }) => name);
  const others = names.length - MOST_NAMED;
  const named = [...names.slice(0, MOST_NAMED), ...(others > 0 ? [`${others} more`] : [])].join(", ");
  const finding = error(`start ${highest} runs in one minute, ${timeOf(minute)} UTC: ${named}`, {
    allowed: `up to ${most} (startsPerMinute in cdktf.json), in minutes of their own such as cron(7 * * * ? *)`,
  });
  return [placeInFile({ path: ["SyncSettings"], part: "key", finding }, file)];
}

interface ScheduledSync {
  readonly name: string;
  /** In UTC, from 0. */
  readonly minutes: ReadonlySet<number>;
}

function scheduledSyncs({ fields: server }: DefinitionFile): ScheduledSync[] {
  if (server === undefined || server.Enabled.value === false) {
    return [];
  }
  const known = new Map<string, ReadonlySet<number>>();
  return server.SyncSettings.items.flatMap(({ fields }, index) => {
    const schedule = fields === undefined ? undefined : scheduleOf(fields, server);
    if (
      fields === undefined ||
      schedule === undefined ||
      schedule.kind === "on-demand" ||
      fields.Enabled.value === false
    ) {
      return [];
    }
    const { expression, timezone } = schedule;
    const key = JSON.stringify([expression, timezone]);
    const minutes = known.get(key) ?? minutesInUtc(schedule.kind === "cron" ? expression : "* *", timezone);
    known.set(key, minutes);
    return [{ name: syncName(fields) ?? `SyncSettings[${index}]`, minutes }];
  });
}

/** The minutes of a day, by UTC, in which a schedule may be due; a rate begins in whatever minute it is created. */
function minutesInUtc(expression: string, timezone: string): ReadonlySet<number> {
  const [minutes = "", hours = ""] = cronFields(expression);
  const offsetAt = offsetReader(timezone);
  const offsets = new Set(WINTER_AND_SUMMER.map((time) => offsetAt(time) / 60));
  const onClock = minutesOfDay(minutes, hours);
  return new Set(
    [...offsets].flatMap((offset) =>
      onClock.map((minute) => (((minute - offset) % MINUTES_OF_DAY) + MINUTES_OF_DAY) % MINUTES_OF_DAY),
    ),
  );
}

function timeOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => `${part}`.padStart(2, "0")).join(":");
}
