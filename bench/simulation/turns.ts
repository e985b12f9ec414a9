import type { SimulatedClock } from "../../simulation/clock";

/** Waits until a time of the virtual clock, in milliseconds. */
export type Until = (due: number) => Promise<void>;

export interface Party {
  readonly until: Until;
  /** @param work waits by {@link until} alone, for several times at once if it likes. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly due: number;
  go(): void;
}

/** Lets several share a virtual clock: once all of them wait, it moves on to the first of the times that they wait for. */
export class Turns {
  private waiting: Waiting[] = [];
  private atWork = 0;
  private isLooking = false;

  constructor(private readonly clock: SimulatedClock) {}

  /** One of those that share the clock. */
  party(): Party {
    let awaited = 0;
    const until: Until = (due) =>
      new Promise((resolve) => {
        this.atWork -= awaited === 0 ? 1 : 0;
        awaited += 1;
        const go = () => {
          awaited -= 1;
          this.atWork += awaited === 0 ? 1 : 0;
          resolve();
        };
        this.waiting.push({ due, go });
        this.look();
      });
    return { until, take: (work) => this.take(work) };
  }

  private async take<T>(work: () => Promise<T>): Promise<T> {
    this.atWork += 1;
    try {
      return await work();
    } finally {
      this.atWork -= 1;
      this.look();
    }
  }

  /** Later, when whoever was told to go on has asked for all that it asks for together. */
  private look(): void {
    if (!this.isLooking) {
      this.isLooking = true;
      setImmediate(() => {
        this.isLooking = false;
        this.goOn();
      });
    }
  }

  private goOn(): void {
    const [other, ...others] = this.waiting;
    if (this.atWork > 0 || other === undefined) {
      return;
    }
    const first = others.reduce((soonest, one) => (one.due < soonest.due ? one : soonest), other);
    this.waiting = this.waiting.filter((one) => one !== first);
    this.clock.advanceTo(first.due);
    first.go();
    this.look();
  }
}
