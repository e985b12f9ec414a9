import { parseSchedule } from "../../../config/schedule/schedule";
import { DEFAULT_TIMEZONE } from "../../../contract/model";
import type { Choice, Prompts } from "../../terminal/prompts";
import { checkOf, fieldQuestion } from "./field-answer";
import { scheduleWords } from "./schedule-words";

const OTHER = "other";

const COMMON: readonly string[] = ["@hourly", "@daily", "@every10min", "rate(15 minutes)", "on-demand"];

export interface AskedSchedule {
  readonly Schedule: string;
  /** Absent where it is the default, or has no meaning. */
  readonly ScheduleTimezone?: string;
}

/** Asks when something runs. @param timezone given already. */
export async function askSchedule(prompts: Prompts, timezone: string | undefined): Promise<AskedSchedule> {
  const choices: Choice<string>[] = [
    ...COMMON.map((value) => ({ value, label: `${value}  ${wordsOf(value)}` })),
    { value: OTHER, label: "another one: a cron expression, a rate, or a tag" },
  ];
  const chosen = await prompts.select(fieldQuestion(["Schedule"]), choices);
  const options = { placeholder: "cron(30 6 ? * MON-FRI *)", check: checkOf(["Schedule"]) };
  const Schedule = chosen === OTHER ? await prompts.text("Schedule: cron(...), rate(...) or a tag", options) : chosen;
  return { Schedule, ...timeZonePart(timezone ?? (await askTimeZone(prompts, Schedule))) };
}

/** A rate has no clock to go by, and what is on demand no time. */
async function askTimeZone(prompts: Prompts, schedule: string): Promise<string | undefined> {
  const { schedule: parsed } = parseSchedule(schedule, DEFAULT_TIMEZONE);
  return parsed?.kind === "cron"
    ? prompts.text(fieldQuestion(["ScheduleTimezone"]), {
        initialValue: DEFAULT_TIMEZONE,
        check: checkOf(["ScheduleTimezone"]),
      })
    : undefined;
}

const timeZonePart = (timezone: string | undefined) =>
  timezone === undefined || timezone === DEFAULT_TIMEZONE ? {} : { ScheduleTimezone: timezone };

function wordsOf(text: string): string {
  const { schedule } = parseSchedule(text, DEFAULT_TIMEZONE);
  return schedule === undefined ? "" : `(${scheduleWords(schedule)})`;
}
