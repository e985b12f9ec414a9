import type { Clock } from "../engine/ports/services";

/** Stands still, except while somebody sleeps or it is put forward. */
export class SimulatedClock implements Clock {
  private milliseconds: number;

  /** @param random what chance says; always the same by default. */
  constructor(
    start: Date,
    readonly random: () => number = () => 0.5,
  ) {
    this.milliseconds = start.getTime();
  }

  now(): Date {
    return new Date(this.milliseconds);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.milliseconds += milliseconds;
  }

  advance(seconds: number): void {
    this.milliseconds += seconds * 1000;
  }

  /** Puts it forward to a time, if that is not past. @param milliseconds since the epoch. */
  advanceTo(milliseconds: number): void {
    this.milliseconds = Math.max(this.milliseconds, milliseconds);
  }
}
