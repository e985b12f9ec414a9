import { type OffsetAt, offsetReader } from "./zone-shifts";

const DAY = 86_400_000;

/** The clock of a time zone. What it shows is written as the UTC time with the same digits. */
export class WallClock {
  private readonly offsetAt: OffsetAt;

  constructor(timezone: string) {
    this.offsetAt = offsetReader(timezone);
  }

  /** What the clock shows at an instant. */
  shown(instant: Date): Date {
    return new Date(instant.getTime() + this.offsetAt(instant.getTime()) * 1000);
  }

  /** When the clock shows a time; the first instant of one that comes twice, `undefined` for one that it leaves out. */
  firstInstant(shown: Date): Date | undefined {
    // No offset amounts to a day, so that a day before and after lie on both sides of a shift.
    const offsets = [-DAY, DAY].map((away) => this.offsetAt(shown.getTime() + away));
    const instants = offsets.map((offset) => new Date(shown.getTime() - offset * 1000));
    return instants.find((instant) => this.shown(instant).getTime() === shown.getTime());
  }
}
