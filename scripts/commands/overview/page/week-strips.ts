import type { Element } from "hast";
import { s } from "hastscript";
import type { Schedule } from "../../../../contract/model";
import { scheduleKey, type Week } from "../week";

const HOURS = 7 * 24;
const HEIGHT = 10;

/** A schedule's week in miniature: the hours in which it fires. Syncs with the same schedule share one drawing. */
export class WeekStrips {
  private readonly drawings = new Map<string, { readonly id: string; readonly path: string }>();

  constructor(private readonly week: Week) {}

  /** @returns undefined where no minute of the week is known. */
  strip(schedule: Schedule): Element | undefined {
    const key = scheduleKey(schedule);
    const minutes = this.week.minutesOf.get(key) ?? [];
    if (minutes.length === 0) {
      return undefined;
    }
    const known = this.drawings.get(key) ?? { id: `week-${this.drawings.size + 1}`, path: pathOf(minutes) };
    this.drawings.set(key, known);
    return s("svg.strip", { ariaHidden: "true" }, [s("use", { href: `#${known.id}` })]);
  }

  /** What the strips refer to, once all are drawn. */
  definitions(): Element {
    const days = Array.from({ length: 6 }, (_, day) => `M${(day + 1) * 24} 0v${HEIGHT}`).join("");
    return s("svg.definitions", { ariaHidden: "true", width: 0, height: 0 }, [
      s(
        "defs",
        [...this.drawings.values()].map(({ id, path }) =>
          s("symbol", { id, viewBox: `0 0 ${HOURS} ${HEIGHT}`, preserveAspectRatio: "none" }, [
            s("path.grid", { d: days }),
            s("path.fires", { d: path }),
          ]),
        ),
      ),
    ]);
  }
}

/** A bar for each stretch of hours in which it fires. */
function pathOf(minutes: readonly number[]): string {
  const fires = new Set(minutes.map((minute) => Math.floor(minute / 60)));
  const begins = [...fires].filter((hour) => !fires.has(hour - 1)).sort((a, b) => a - b);
  return begins
    .map((begin) => {
      let end = begin;
      while (fires.has(end)) {
        end += 1;
      }
      return `M${begin} 1h${end - begin}v${HEIGHT - 2}h-${end - begin}z`;
    })
    .join("");
}
