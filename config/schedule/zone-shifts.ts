/** A change of a time zone's offset. */
export interface ZoneShift {
  readonly at: Date;
  /** Offsets from UTC in seconds, east of it positive. */
  readonly before: number;
  readonly after: number;
}

/** The offset from UTC in seconds, east of it positive, at a time in milliseconds. */
export type OffsetAt = (time: number) => number;

/** No zone changes its offset and changes it back within a week. */
const STRIDE = 7 * 86_400_000;

/** Shifts happen at whole minutes. */
const MINUTE = 60_000;

/** The changes of a time zone's offset between two times: daylight saving time, mostly. */
export function zoneShifts(timezone: string, from: Date, to: Date): ZoneShift[] {
  const offsetAt = offsetReader(timezone);
  const shifts: ZoneShift[] = [];
  for (let start = from.getTime(); start < to.getTime(); start += STRIDE) {
    const end = Math.min(start + STRIDE, to.getTime());
    const before = offsetAt(start);
    const after = offsetAt(end);
    if (before !== after) {
      shifts.push({ at: new Date(firstWith(offsetAt, after, start, end)), before, after });
    }
  }
  return shifts;
}

/** The first minute after `start`, and at `end` at the latest, that has the offset. */
function firstWith(offsetAt: OffsetAt, wanted: number, start: number, end: number): number {
  let [without, having] = [start, end];
  while (having - without > MINUTE) {
    const middle = without + Math.floor((having - without) / 2 / MINUTE) * MINUTE;
    if (offsetAt(middle) === wanted) {
      having = middle;
    } else {
      without = middle;
    }
  }
  return having;
}

/** Making a format takes far longer than using it; there are some hundred zones. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Reads a zone's offsets from the names that they have: `GMT+02:00`; UTC is `GMT` alone. */
export function offsetReader(timezone: string): OffsetAt {
  const format =
    FORMATS.get(timezone) ?? new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" });
  FORMATS.set(timezone, format);
  return (time) => {
    const name = format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
  };
}
