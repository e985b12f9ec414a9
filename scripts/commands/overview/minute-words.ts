import { count } from "../figures";

const DAY = 24 * 60;
const NAMES = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

/** So many times of a day are named. */
const MOST_TIMES = 3;

/** `Mon 30 Nov`, by UTC. */
export function dayWords(date: Date): string {
  const [, day = "", month = ""] = date.toUTCString().split(" ");
  return `${NAMES[date.getUTCDay()]} ${Number(day)} ${month}`;
}

/** `Mon 06:30`, by UTC. */
export const minuteWords = (date: Date): string =>
  `${NAMES[date.getUTCDay()]} ${timeOf(date.getUTCHours() * 60 + date.getUTCMinutes())}`;

/**
 * Minutes of a week in words: `daily 06:00`, `Mon-Fri 06:00, 18:00`, `daily, every hour at :05`, `5 times, first Tue 04:10`.
 * @param minutes in order. @param from the week's beginning, a midnight in UTC.
 */
export function minutesWords(minutes: readonly number[], from: Date): string {
  const days = [...new Set(minutes.map((minute) => Math.floor(minute / DAY)))];
  const times = [...new Set(minutes.map((minute) => minute % DAY))].sort((a, b) => a - b);
  if (days.length * times.length !== minutes.length) {
    const first = new Date(from.getTime() + (minutes[0] ?? 0) * 60_000);
    return `${count(minutes.length, "time")}, first ${minuteWords(first)}`;
  }
  return `${daysWords(days.map((day) => (from.getUTCDay() + day) % 7))} ${timesWords(times)}`.replace(" ,", ",");
}

/** @param days of the week, 0 for Sunday. */
function daysWords(days: readonly number[]): string {
  if (days.length === 7) {
    return "daily";
  }
  const sorted = [...days].sort((a, b) => a - b);
  return sorted.join() === "1,2,3,4,5" ? "Mon-Fri" : sorted.map((day) => NAMES[day]).join(", ");
}

function timesWords(times: readonly number[]): string {
  const [first = 0] = times;
  if (times.length <= MOST_TIMES) {
    return times.map(timeOf).join(", ");
  }
  const step = (times[1] ?? 0) - first;
  const isRegular = times.length * step === DAY && times.every((time, index) => time === first + index * step);
  if (isRegular && step === 1) {
    return ", every minute";
  }
  if (isRegular && step === 60) {
    return `, every hour at :${timeOf(first).slice(-2)}`;
  }
  return isRegular
    ? `, every ${step % 60 === 0 ? `${step / 60} hours` : `${step} minutes`} from ${timeOf(first)}`
    : `, ${times.length} times from ${timeOf(first)} to ${timeOf(times.at(-1) ?? 0)}`;
}

const timeOf = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
