import type { Schedule } from "../../contract/model";
import { didYouMean } from "../problems/nearest-name";
import { error, type Finding, type Parsed, warning } from "../problems/problem";
import { describeName, describeReceived } from "../problems/received";
import { cronFieldReasons, FIRST_YEAR, normalCronFields } from "./cron-fields";
import { nextOccurrence } from "./occurrences";
import { SCHEDULE_TAGS } from "./schedule-tags";
import { isTimeZone } from "./time-zone";

/** A schedule, or why the text is none. */
export type ScheduleResult =
  | { readonly schedule: Schedule }
  | { readonly schedule?: undefined; readonly reason: string; readonly allowed: string };

/** Longest expression of EventBridge Scheduler (API model). */
const MAX_LENGTH = 256;

export const SCHEDULE_FORMS = "a tag such as @hourly, cron(0 6 * * ? *), rate(15 minutes) or on-demand";
/** What the sample's code takes for on-demand besides, in upper and lower case. */
const ON_DEMAND = /^(on-?demand|manual)$/i;

const TAG_NAMES = Object.keys(SCHEDULE_TAGS);

/** A tag, a cron expression (with or without `cron(...)`), `rate(...)` or `on-demand`. */
export function parseSchedule(text: string, timezone: string): ScheduleResult {
  if (!isTimeZone(timezone)) {
    return { reason: `${timezone} is not an IANA time zone`, allowed: "such as UTC or Europe/Berlin" };
  }
  const written = text.trim();
  if (ON_DEMAND.test(written)) {
    return { schedule: { kind: "on-demand" } };
  }
  if (written.startsWith("@")) {
    return parseTag(written, timezone);
  }
  if (/^at\(/i.test(written)) {
    return { reason: "at(...), a single time, is not offered", allowed: SCHEDULE_FORMS };
  }
  const rate = /^rate\((.*)\)$/i.exec(written)?.[1];
  if (rate !== undefined) {
    return parseRate(rate, timezone);
  }
  const fields = /^cron\((.*)\)$/i.exec(written)?.[1] ?? written;
  // One word is no attempt at cron, and is better told what there is.
  if (fields === written && !/\s/.test(written)) {
    return { reason: "is not a schedule", allowed: SCHEDULE_FORMS };
  }
  if (/^[a-z]+\(/i.test(fields)) {
    return { reason: "is neither cron(...) nor rate(...)", allowed: SCHEDULE_FORMS };
  }
  return parseCron(fields.trim().toUpperCase().split(/\s+/), timezone);
}

/** The same as a field of a definition, in UTC: the time zone has a field of its own. */
export function parseScheduleField(text: string): Parsed<Schedule> {
  const result = parseSchedule(text, "UTC");
  if (result.schedule !== undefined) {
    const { schedule } = result;
    const usedAs = schedule.kind === "on-demand" ? schedule.kind : schedule.expression;
    const findings = isDocumented(text.trim(), schedule)
      ? []
      : [warning(`is used as ${usedAs}`, { received: describeReceived(text) })];
    return { value: schedule, findings: [...findings, ...numberedDays(text, schedule)] };
  }
  const { reason, allowed } = result;
  return { findings: [error(reason, { received: describeReceived(text), allowed })] };
}

const SUNDAY_TO_THURSDAY = "1-5";

/** In a crontab 1-5 is Monday to Friday. */
function numberedDays(text: string, schedule: Schedule): Finding[] {
  const days = schedule.kind === "cron" ? schedule.expression.split(" ").at(-2) : undefined;
  return days === SUNDAY_TO_THURSDAY
    ? [
        warning("has the days of the week 1-5, which are Sunday to Thursday here", {
          received: describeReceived(text),
          allowed: "SUN-THU, or MON-FRI",
        }),
      ]
    : [];
}

/** Whether the schedule was written as AWS documents it, or as a tag of ours. */
function isDocumented(written: string, schedule: Schedule): boolean {
  if (schedule.kind === "on-demand") {
    return written === schedule.kind;
  }
  const { kind, expression } = schedule;
  const inside = written
    .replace(/^(?:cron|rate)\((.*)\)$/, "$1")
    .trim()
    .replaceAll(/\s+/g, " ");
  return written.startsWith("@") || expression === `${kind}(${kind === "cron" ? inside.toUpperCase() : inside})`;
}

/** The same schedule by the clock of another time zone. */
export function inTimeZone(schedule: Schedule, timezone: string): Schedule {
  return schedule.kind === "on-demand" ? schedule : { ...schedule, timezone };
}

function parseTag(tag: string, timezone: string): ScheduleResult {
  const fields = SCHEDULE_TAGS[tag];
  if (fields !== undefined) {
    return { schedule: { kind: "cron", expression: `cron(${fields})`, timezone } };
  }
  if (tag === "@weekly") {
    return { reason: "is not a tag: the day must be given", allowed: "@sunday, @monday ... @saturday" };
  }
  return { reason: `is not a tag${didYouMean(tag, TAG_NAMES)}`, allowed: TAG_NAMES.join(", ") };
}

const RATE_UNITS: readonly string[] = ["minute", "hour", "day"];

/** EventBridge documents `1 hour` and `2 hours`; what else people write for them is brought to that. */
function parseRate(text: string, timezone: string): ScheduleResult {
  const [, digits = "", unit = ""] = /^\s*(\d{1,9})\s+([a-z]+)\s*$/i.exec(text) ?? [];
  const value = Number(digits);
  if (digits === "" || value < 1) {
    return { reason: "rate(...) needs a value from 1 and a unit", allowed: "such as rate(1 hour) or rate(15 minutes)" };
  }
  const singular = unit.toLowerCase().replace(/s$/, "");
  const plural = (name: string) => (value === 1 ? name : `${name}s`);
  if (!RATE_UNITS.includes(singular)) {
    return { reason: `${describeName(unit)} is not a unit`, allowed: RATE_UNITS.map(plural).join(", ") };
  }
  return { schedule: { kind: "rate", expression: `rate(${value} ${plural(singular)})`, timezone } };
}

/** The year may be left out: the question mark tells AWS's five fields from a crontab's, which count days from 0. */
function withYear(fields: readonly string[]): readonly string[] {
  return fields.length === 5 && fields.includes("?") ? [...fields, "*"] : fields;
}

function parseCron(written: readonly string[], timezone: string): ScheduleResult {
  const fields = normalCronFields(withYear(written));
  if (fields.length !== 6) {
    const same = fields.length === 5 ? ofCrontab(fields) : undefined;
    return {
      reason: `EventBridge's cron has 6 fields, of which the last is the year, not ${fields.length}${fields.length === 5 ? CRONTAB : ""}`,
      allowed:
        same === undefined
          ? "minutes hours day-of-month month day-of-week, and a year or none, such as 0 6 * * ? *"
          : `${same}, which says the same`,
    };
  }
  const reasons = cronFieldReasons(fields);
  if (reasons.length > 0) {
    return {
      reason: reasons.map(({ reason }) => reason).join("; "),
      allowed: [...new Set(reasons.map(({ allowed }) => allowed))].join("; "),
    };
  }
  const expression = `cron(${fields.join(" ")})`;
  if (expression.length > MAX_LENGTH) {
    return { reason: `is longer than ${MAX_LENGTH} characters`, allowed: SCHEDULE_FORMS };
  }
  return isEverOnACalendar(expression)
    ? { schedule: { kind: "cron", expression, timezone } }
    : { reason: "never fires: there is no such date", allowed: "dates that exist" };
}

const CRONTAB = "; a crontab's five count days from 0, and have no ?";

const CRONTAB_DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

/** What the five fields of a crontab are here. Undefined where it has no such form: with days of both kinds, either starts it there. */
function ofCrontab([minutes = "", hours = "", day = "", month = "", weekday = ""]: readonly string[]):
  | string
  | undefined {
  if (day !== "*" && weekday !== "*") {
    return undefined;
  }
  const named = weekday.replaceAll(/[0-7]/g, (digit) => CRONTAB_DAYS[Number(digit)] ?? digit);
  const days = weekday === "*" ? [day, month, "?"] : ["?", month, named];
  const fields = normalCronFields([minutes, hours, ...days, "*"]);
  return cronFieldReasons(fields).length === 0 ? `cron(${fields.join(" ")})` : undefined;
}

/** Whether there is such a date, past or to come: what a file says stays right when its time is over. */
function isEverOnACalendar(expression: string): boolean {
  const beforeAllYears = new Date(Date.UTC(FIRST_YEAR - 1, 11, 31, 23, 59));
  return nextOccurrence({ kind: "cron", expression, timezone: "UTC" }, beforeAllYears) !== undefined;
}
