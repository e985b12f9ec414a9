/** Where and when one file is worked on, in milliseconds of the virtual clock. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A connector's connections: each takes the next file of the queue when it is done with one. */
export class Lanes {
  /** When each connection is done with what it has; `undefined`: it has had nothing yet. */
  private readonly free: (number | undefined)[];
  private idle = 0;

  constructor(connections: number) {
    this.free = Array.from({ length: connections }, () => undefined);
  }

  /** Milliseconds for which connections had nothing to do between two files, over all of them. */
  get idleMilliseconds(): number {
    return this.idle;
  }

  add(now: number, milliseconds: number): Span {
    const lane = this.soonest();
    const free = this.free[lane];
    const start = Math.max(now, free ?? now);
    this.idle += free === undefined ? 0 : start - free;
    this.free[lane] = start + milliseconds;
    return { start, end: start + milliseconds };
  }

  private soonest(): number {
    let soonest = 0;
    for (const [lane, free] of this.free.entries()) {
      if ((free ?? 0) < (this.free[soonest] ?? 0)) {
        soonest = lane;
      }
    }
    return soonest;
  }
}
