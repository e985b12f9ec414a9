import { describeName } from "../problems/received";

/**
 * The grammar of the six fields of a cron expression, as the EventBridge Scheduler user guide documents it. It is
 * stricter than the library that computes occurrences, which takes other dialects as well.
 */
interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names for the values from `min` on. */
  readonly names?: readonly string[];
  readonly steps: boolean;
  /** Whole-field forms with L, W, # and ?. */
  readonly special?: (text: string) => boolean;
  readonly allowed: string;
}

/** First year that an expression can name. */
export const FIRST_YEAR = 1970;

const YEAR = "year";
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const MINUTES: CronField = { name: "minutes", min: 0, max: 59, steps: true, allowed: "0-59 , - * /" };
const HOURS: CronField = { name: "hours", min: 0, max: 23, steps: true, allowed: "0-23 , - * /" };

const CRON_FIELDS: readonly CronField[] = [
  MINUTES,
  HOURS,
  {
    name: "day-of-month",
    min: 1,
    max: 31,
    steps: true,
    special: (text) => /^(\?|L|LW|([1-9]|0[1-9]|[12]\d|3[01])W)$/.test(text),
    allowed: "1-31 , - * / or one of ? L LW 15W",
  },
  { name: "month", min: 1, max: 12, names: MONTHS, steps: true, allowed: "1-12 or JAN-DEC , - * /" },
  {
    name: "day-of-week",
    min: 1,
    max: 7,
    names: DAYS,
    steps: false,
    special: (text) => /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/.test(text),
    allowed: "1-7 or SUN-SAT (1 is Sunday) , - * or one of ? L 6L 2#1",
  },
  { name: YEAR, min: FIRST_YEAR, max: 2199, steps: true, allowed: `${FIRST_YEAR}-2199 , - * /` },
];

/**
 * Fields in the forms that the user guide documents, in the place of what people write besides: a range that passes the
 * field's end (`22-6`) becomes two, and a step beyond it (`0/60`) leaves its first value. AWS documents neither.
 */
export function normalCronFields(fields: readonly string[]): string[] {
  return fields.map((text, index) => {
    const field = CRON_FIELDS[index];
    return field === undefined || field.special?.(text)
      ? text
      : text
          .split(",")
          .map((part) => normalPart(field, part))
          .join(",");
  });
}

function normalPart(field: CronField, part: string): string {
  const [base = "", step, ...rest] = part.split("/");
  const [first = "", last, ...more] = base === "*" ? [`${field.min}`, `${field.max}`] : base.split("-");
  if (rest.length > 0 || more.length > 0) {
    return part;
  }
  const from = fieldValue(field, first);
  const to = last === undefined ? from : fieldValue(field, last);
  const isStep = step === undefined || (field.steps && /^[1-9]\d*$/.test(step));
  if (from === undefined || to === undefined || !isStep) {
    return part; // Its mistake is told of what was written.
  }
  if (Number(step ?? 1) > field.max) {
    return first;
  }
  return from <= to || field.name === YEAR ? part : roundTheEnd(field, { first, last: last ?? first, from, to, step });
}

interface WrappingRange {
  readonly first: string;
  readonly last: string;
  /** The values of these two. */
  readonly from: number;
  readonly to: number;
  readonly step: string | undefined;
}

/** `22-6` as `22-23,0-6`, in names where it has names; with a step, value by value. */
function roundTheEnd({ min, max, names }: CronField, { first, last, from, to, step }: WrappingRange): string {
  if (step !== undefined) {
    const span = max - min + 1;
    const count = Math.floor((to + span - from) / Number(step)) + 1;
    return Array.from({ length: count }, (_, index) => min + ((from - min + index * Number(step)) % span)).join(",");
  }
  const [lowest, highest] = /^\d/.test(first) ? [`${min}`, `${max}`] : [names?.at(0) ?? "", names?.at(-1) ?? ""];
  const range = (begin: string, end: string) => (begin === end ? begin : `${begin}-${end}`);
  return `${range(first, highest)},${range(lowest, last)}`;
}

/** Everything that is wrong with the six fields, in upper case, each with the name of its field. */
export function cronFieldReasons(fields: readonly string[]): { readonly reason: string; readonly allowed: string }[] {
  const reasons = CRON_FIELDS.flatMap((field, index) => {
    const reason = fieldReason(field, fields[index] ?? "");
    return reason === undefined ? [] : [{ reason: `${field.name}: ${reason}`, allowed: field.allowed }];
  });
  const days = [fields[2] ?? "", fields[4] ?? ""];
  const questionMarks = days.filter((text) => text === "?").length;
  if (questionMarks === 1) {
    return reasons;
  }
  const both = "day-of-month and day-of-week";
  const reason = questionMarks === 0 ? `neither of ${both} is ?` : `both ${both} are ?`;
  return [...reasons, { reason, allowed: `? in exactly one of ${both}` }];
}

function fieldReason(field: CronField, text: string): string | undefined {
  if (field.special?.(text)) {
    return undefined;
  }
  const reasons = text.split(",").map((part) => partReason(field, part));
  return reasons.find((reason) => reason !== undefined);
}

/** One part of a list: `*`, `5`, `5-9`, and each with `/step`. */
function partReason(field: CronField, part: string): string | undefined {
  const shown = describeName(part);
  const [base = "", step, ...rest] = part.split("/");
  if (rest.length > 0) {
    return `${shown} has two steps`;
  }
  if (step !== undefined) {
    if (!field.steps) {
      return `${shown}: a step is not possible here`;
    }
    if (!/^\d+$/.test(step) || Number(step) < 1) {
      return `the step of ${shown} is not a number from 1`;
    }
    if (Number(step) > field.max) {
      return `the step of ${shown} is larger than ${field.max}`;
    }
  }
  if (base === "*") {
    return undefined;
  }
  const [first = "", last, ...more] = base.split("-");
  if (more.length > 0) {
    return `${shown} is not a range`;
  }
  const from = fieldValue(field, first);
  const to = last === undefined ? from : fieldValue(field, last);
  if (from === undefined || to === undefined) {
    return `${part === "" ? "an empty part" : shown} is not possible here`;
  }
  return from > to ? `the range ${base} runs backwards` : undefined;
}

/** The minutes of a day, from 0, that valid fields of minutes and hours stand for, in order. */
export function minutesOfDay(minutes: string, hours: string): number[] {
  return fieldValues(HOURS, hours).flatMap((hour) => fieldValues(MINUTES, minutes).map((minute) => hour * 60 + minute));
}

/** The values of a field without special forms. `5/10` counts from 5 to the field's end. */
function fieldValues(field: CronField, text: string): number[] {
  const values = text.split(",").flatMap((part) => {
    const [base = "", step] = part.split("/");
    const [first = "", last] = base === "*" ? [`${field.min}`, `${field.max}`] : base.split("-");
    const from = Number(first);
    const to = Number(last ?? (step === undefined ? first : field.max));
    const stride = Number(step ?? 1);
    return Array.from({ length: Math.floor((to - from) / stride) + 1 }, (_, index) => from + index * stride);
  });
  return [...new Set(values)].sort((a, b) => a - b);
}

function fieldValue({ min, max, names = [] }: CronField, text: string): number | undefined {
  if (names.includes(text)) {
    return names.indexOf(text) + min;
  }
  if (!/^\d{1,4}$/.test(text)) {
    return undefined;
  }
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}
