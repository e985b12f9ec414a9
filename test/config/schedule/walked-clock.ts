export const MINUTE = 60_000;
const HALF_HOUR = 30 * MINUTE;

/** A run as EventBridge Scheduler makes it, and the time on the clock that it belongs to. */
export interface WalkedRun {
  readonly due: number;
  readonly shown: number;
}

/**
 * A clock in 2024 and some months before and after. It is read every half hour, since shifts happen at whole ones, and by
 * other means than `config/` reads it.
 */
export class WalkedClock {
  private readonly start = Date.parse("2023-11-01T00:00Z");
  private readonly end = Date.parse("2025-04-01T00:00Z");
  private readonly halfHours: readonly number[];

  constructor(timezone: string) {
    const format = new Intl.DateTimeFormat("sv", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" });
    const count = (this.end - this.start) / HALF_HOUR;
    this.halfHours = Array.from({ length: count }, (_, index) =>
      Date.parse(`${format.format(this.start + index * HALF_HOUR).replace(" ", "T")}Z`),
    );
  }

  /** What it shows at a time, as the UTC time with the same digits. */
  shown(time: number): number {
    const [index, within] = [Math.floor((time - this.start) / HALF_HOUR), (time - this.start) % HALF_HOUR];
    return (this.halfHours[index] ?? Number.NaN) + within;
  }

  /** What is due, minute by minute: never what the clock does not show, nor what it has shown before. */
  runs(isDue: (shown: Date) => boolean): WalkedRun[] {
    const runs: WalkedRun[] = [];
    let latest = 0;
    for (let due = this.start; due < this.end; due += MINUTE) {
      const shown = this.shown(due);
      if (shown > latest && isDue(new Date(shown))) {
        runs.push({ due, shown });
      }
      latest = Math.max(latest, shown);
    }
    return runs;
  }

  /** Every fifth minute within two hours of a shift. */
  nearShifts(): number[] {
    const shifts = this.halfHours.flatMap((shown, index) =>
      index > 0 && shown - (this.halfHours[index - 1] ?? 0) !== HALF_HOUR ? [this.start + index * HALF_HOUR] : [],
    );
    return shifts.flatMap((at) => Array.from({ length: 48 }, (_, index) => at + (index - 24) * 5 * MINUTE));
  }
}
