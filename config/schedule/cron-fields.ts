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
  return from > to ? `the range ${base} runs backwards${roundTheEnd(field, first, last)}` : undefined;
}

/** `22-6` as two ranges that do not pass the field's end; years do not begin again. */
function roundTheEnd({ name, min, max, names }: CronField, first: string, last = ""): string {
  if (name === YEAR) {
    return "";
  }
  const [lowest, highest] = /^\d/.test(first) ? [min, max] : [names?.at(0), names?.at(-1)];
  return `; ${first}-${highest},${lowest}-${last} says the same`;
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
