import fc from "fast-check";

/** A cron expression, and what its fields mean by the EventBridge Scheduler user guide. */
export interface CronReference {
  readonly text: string;
  /** @param shown what the clock shows, as the UTC time with the same digits. */
  readonly isDue: (shown: Date) => boolean;
}

interface Field {
  readonly text: string;
  readonly takes: (value: number) => boolean;
}

interface DayField {
  readonly text: string;
  readonly takes: (shown: Date) => boolean;
}

const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
  readonly hasSteps?: boolean;
}

function part({ min, max, names, hasSteps = true }: Limits): fc.Arbitrary<Field> {
  const value = fc.integer({ min, max });
  const named = (number: number, isNamed: boolean) => (isNamed && names ? (names[number - min] ?? "") : String(number));
  const single = fc
    .tuple(value, fc.boolean())
    .map(([number, isNamed]): Field => ({ text: named(number, isNamed), takes: (other) => other === number }));
  const range = fc.tuple(value, value, fc.boolean()).map(([a, b, isNamed]): Field => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    return { text: `${named(from, isNamed)}-${named(to, isNamed)}`, takes: (other) => other >= from && other <= to };
  });
  const stepped = fc
    .tuple(value, value, fc.integer({ min: 1, max }), fc.constantFrom("from", "range", "all"))
    .map(([a, b, step, form]): Field => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const [text, first, last] = {
        from: [String(from), from, max] as const,
        range: [`${from}-${to}`, from, to] as const,
        all: ["*", min, max] as const,
      }[form as "from" | "range" | "all"];
      return {
        text: `${text}/${step}`,
        takes: (other) => other >= first && other <= last && (other - first) % step === 0,
      };
    });
  return hasSteps ? fc.oneof(single, range, stepped) : fc.oneof(single, range);
}

const every: Field = { text: "*", takes: () => true };

function field(limits: Limits): fc.Arbitrary<Field> {
  const list = fc.array(part(limits), { minLength: 1, maxLength: 3 }).map(
    (parts): Field => ({
      text: parts.map(({ text }) => text).join(),
      takes: (value) => parts.some(({ takes }) => takes(value)),
    }),
  );
  return fc.oneof(list, fc.constant(every));
}

const daysIn = (shown: Date) => new Date(Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth() + 1, 0)).getUTCDate();
const weekdayOf = (shown: Date, date: number) =>
  new Date(Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), date)).getUTCDay();

/** The weekday nearest to a date, within its month; a date that the month does not have is none. */
function nearestWeekday(shown: Date, date: number): number | undefined {
  const last = daysIn(shown);
  if (date > last) {
    return undefined;
  }
  const weekday = weekdayOf(shown, date);
  if (weekday === 6) {
    return date === 1 ? 3 : date - 1;
  }
  if (weekday === 0) {
    return date === last ? date - 2 : date + 1;
  }
  return date;
}

function lastWeekday(shown: Date): number {
  const last = daysIn(shown);
  const weekday = weekdayOf(shown, last);
  return last - (weekday === 6 ? 1 : weekday === 0 ? 2 : 0);
}

const dayOfMonth: fc.Arbitrary<DayField> = fc.oneof(
  {
    weight: 3,
    arbitrary: field({ min: 1, max: 31 }).map(
      ({ text, takes }): DayField => ({ text, takes: (shown) => takes(shown.getUTCDate()) }),
    ),
  },
  fc.constant<DayField>({ text: "L", takes: (shown) => shown.getUTCDate() === daysIn(shown) }),
  fc.constant<DayField>({ text: "LW", takes: (shown) => shown.getUTCDate() === lastWeekday(shown) }),
  fc
    .integer({ min: 1, max: 31 })
    .map(
      (date): DayField => ({ text: `${date}W`, takes: (shown) => shown.getUTCDate() === nearestWeekday(shown, date) }),
    ),
);

const dayOfWeek: fc.Arbitrary<DayField> = fc.oneof(
  {
    weight: 3,
    arbitrary: field({ min: 1, max: 7, names: DAYS, hasSteps: false }).map(
      ({ text, takes }): DayField => ({ text, takes: (shown) => takes(shown.getUTCDay() + 1) }),
    ),
  },
  fc.constant<DayField>({ text: "L", takes: (shown) => shown.getUTCDay() === 6 }),
  fc.integer({ min: 1, max: 7 }).map(
    (day): DayField => ({
      text: `${day}L`,
      takes: (shown) => shown.getUTCDay() + 1 === day && shown.getUTCDate() + 7 > daysIn(shown),
    }),
  ),
  fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 })).map(
    ([day, nth]): DayField => ({
      text: `${DAYS[day - 1]}#${nth}`,
      takes: (shown) => shown.getUTCDay() + 1 === day && Math.ceil(shown.getUTCDate() / 7) === nth,
    }),
  ),
);

const unused: DayField = { text: "?", takes: () => true };

const days = fc.oneof(
  dayOfMonth.map((day) => [day, unused] as const),
  dayOfWeek.map((day) => [unused, day] as const),
);

export const cronReferences: fc.Arbitrary<CronReference> = fc
  .record({
    minutes: field({ min: 0, max: 59 }),
    hours: field({ min: 0, max: 23 }),
    days,
    months: fc.oneof({ weight: 2, arbitrary: fc.constant(every) }, field({ min: 1, max: 12, names: MONTHS })),
    years: fc.oneof({ weight: 3, arbitrary: fc.constant(every) }, field({ min: 2020, max: 2199 })),
  })
  .map(({ minutes, hours, days: [ofMonth, ofWeek], months, years }) => ({
    text: `cron(${[minutes, hours, ofMonth, months, ofWeek, years].map(({ text }) => text).join(" ")})`,
    isDue: (shown) =>
      minutes.takes(shown.getUTCMinutes()) &&
      hours.takes(shown.getUTCHours()) &&
      ofMonth.takes(shown) &&
      months.takes(shown.getUTCMonth() + 1) &&
      ofWeek.takes(shown) &&
      years.takes(shown.getUTCFullYear()),
  }));
