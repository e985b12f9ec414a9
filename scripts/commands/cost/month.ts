/** A month of the calendar, in UTC as AWS bills it. */
export interface Month {
  /** `2026-12` */
  readonly name: string;
  readonly from: Date;
  /** The first moment that is no longer in it. */
  readonly to: Date;
  readonly hours: number;
}

const HOUR = 3_600_000;

/** @param name such as `2026-12`. @returns undefined where it names no month. */
export function monthOf(name: string): Month | undefined {
  const [, year = "", number = ""] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name) ?? [];
  if (year === "" || Number(year) < 1970) {
    return undefined;
  }
  const from = new Date(Date.UTC(Number(year), Number(number) - 1));
  const to = new Date(Date.UTC(Number(year), Number(number)));
  return { name, from, to, hours: (to.getTime() - from.getTime()) / HOUR };
}

/** The month that a moment lies in. */
export const monthAt = (date: Date): Month => {
  const name = date.toISOString().slice(0, 7);
  const month = monthOf(name);
  if (month === undefined) {
    throw new Error(`${name} is no month`);
  }
  return month;
};
