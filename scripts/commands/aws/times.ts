/** A moment for people: UTC, to the minute. @param time ISO 8601, or a date; another text, which somebody else has written, as it is. */
export function formatTime(time: string | Date): string {
  return Number.isNaN(new Date(time).getTime())
    ? String(time)
    : `${new Date(time).toISOString().slice(0, 16).replace("T", " ")}Z`;
}

const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
];

/** A time span by its two largest units: `2 d 3 h`, `4 min 10 s`, `0 s`. */
export function formatDuration(seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [length, name] of UNITS) {
    const number = Math.floor(left / length);
    left -= number * length;
    if (number > 0) {
      parts.push(`${number} ${name}`);
    } else if (parts.length > 0) {
      break;
    }
  }
  return parts.length === 0 ? "0 s" : parts.slice(0, 2).join(" ");
}

const SPAN = /^(\d{1,6})\s*(m|min|h|d|w)$/;

const SPAN_SECONDS: Readonly<Record<string, number>> = { m: 60, min: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of a span such as `30m`, `12h`, `2d` or `1w`; `undefined` for another text. */
export function parseSpan(text: string): number | undefined {
  const [, number = "", unit = ""] = SPAN.exec(text.trim().toLowerCase()) ?? [];
  const seconds = SPAN_SECONDS[unit];
  return seconds === undefined ? undefined : Number(number) * seconds;
}
