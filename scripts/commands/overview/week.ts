import { occurrencesBetween } from "../../../config/schedule/occurrences-between";
import { rateSeconds } from "../../../config/schedule/rate";
import type { Schedule } from "../../../contract/model";
import { groupedBy } from "../grouped-by";

const MINUTE = 60_000;
const DAY = 86_400_000;

const MINUTES_OF_WEEK = 7 * 24 * 60;

/** A sync whose schedule may fire. */
export interface ScheduledSync {
  readonly server: string;
  readonly sync: string;
  readonly schedule: Schedule;
}

/** Syncs that start in the same minutes. */
export interface Collision {
  /** At least two, as `server/sync`, in the order of the definitions. */
  readonly syncs: readonly string[];
  /** The server that has most of them, and how many: they share its connector. */
  readonly crowded: { readonly server: string; readonly syncs: number };
  /** Counted from the beginning of the week, in order. */
  readonly minutes: readonly number[];
}

/** When schedules start runs in seven days. */
export interface Week {
  /** The first day's midnight, in UTC. */
  readonly from: Date;
  /** How many runs start in each minute of the week. */
  readonly starts: Uint16Array;
  /** The first of the minutes in which most runs start. Absent where none does. */
  readonly busiest?: { readonly minute: number; readonly runs: number };
  /** Most syncs first, then those that come most often. */
  readonly collisions: readonly Collision[];
  /** Syncs with a rate, as `server/sync`: AWS counts from when their schedules are deployed, so their minutes are not known here. */
  readonly unplaced: readonly { readonly sync: string; readonly everySeconds: number }[];
  /** Minutes, from the week's beginning, in which a schedule fires: by `scheduleKey`. */
  readonly minutesOf: ReadonlyMap<string, readonly number[]>;
}

/** The same for schedules that fire at the same times. */
export const scheduleKey = (schedule: Schedule): string => JSON.stringify(schedule);

/**
 * The week of UTC days that begins with that of `now`. A rate of a minute fires in every minute; of longer ones only AWS knows
 * the minutes.
 */
export function weekOf(syncs: readonly ScheduledSync[], now: Date): Week {
  const from = new Date(Math.floor(now.getTime() / DAY) * DAY);
  const bySchedule = groupedBy(syncs, ({ schedule }) => scheduleKey(schedule));
  const minutesOf = new Map([...bySchedule].map(([key, [first]]) => [key, firedMinutes(first?.schedule, from)]));
  const keys = [...bySchedule.keys()];
  const firing: number[][] = Array.from({ length: MINUTES_OF_WEEK }, () => []);
  const starts = new Uint16Array(MINUTES_OF_WEEK);
  for (const [index, key] of keys.entries()) {
    const number = bySchedule.get(key)?.length ?? 0;
    for (const minute of minutesOf.get(key) ?? []) {
      firing[minute]?.push(index);
      starts[minute] = (starts[minute] ?? 0) + number;
    }
  }
  const syncsOf = (indexes: readonly number[]) => {
    const wanted = new Set(indexes.map((index) => keys[index]));
    return syncs.filter(({ schedule }) => wanted.has(scheduleKey(schedule)));
  };
  const runs = starts.reduce((most, one) => Math.max(most, one), 0);
  return {
    from,
    starts,
    ...(runs === 0 ? {} : { busiest: { minute: starts.indexOf(runs), runs } }),
    collisions: collisionsOf(firing, starts, syncsOf),
    unplaced: syncs.flatMap((one) => {
      const everySeconds = rateSeconds(one.schedule);
      return everySeconds === undefined || everySeconds <= 60 ? [] : [{ sync: nameOf(one), everySeconds }];
    }),
    minutesOf,
  };
}

/** When a minute of the week is. */
export const minuteAt = ({ from }: Pick<Week, "from">, minute: number): Date =>
  new Date(from.getTime() + minute * MINUTE);

const nameOf = ({ server, sync }: ScheduledSync): string => `${server}/${sync}`;

function firedMinutes(schedule: Schedule | undefined, from: Date): number[] {
  if (schedule === undefined) {
    return [];
  }
  if (rateSeconds(schedule) === 60) {
    return Array.from({ length: MINUTES_OF_WEEK }, (_, minute) => minute);
  }
  const to = new Date(from.getTime() + MINUTES_OF_WEEK * MINUTE);
  return [...occurrencesBetween(schedule, from, to)].map((due) => (due.getTime() - from.getTime()) / MINUTE);
}

function collisionsOf(
  firing: readonly (readonly number[])[],
  starts: Uint16Array,
  syncsOf: (schedules: readonly number[]) => readonly ScheduledSync[],
): Collision[] {
  const colliding = firing.flatMap((schedules, minute) => ((starts[minute] ?? 0) < 2 ? [] : [{ schedules, minute }]));
  const alike = groupedBy(colliding, ({ schedules }) => schedules.join());
  return [...alike.values()]
    .map((group): Collision => {
      const syncs = syncsOf(group[0]?.schedules ?? []);
      return { syncs: syncs.map(nameOf), crowded: mostCrowded(syncs), minutes: group.map(({ minute }) => minute) };
    })
    .sort((a, b) => b.syncs.length - a.syncs.length || b.minutes.length - a.minutes.length);
}

function mostCrowded(syncs: readonly ScheduledSync[]): Collision["crowded"] {
  return [...groupedBy(syncs, ({ server }) => server)]
    .map(([server, own]) => ({ server, syncs: own.length }))
    .reduce((most, one) => (one.syncs > most.syncs ? one : most));
}
