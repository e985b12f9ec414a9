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
  private busy = 0;

  constructor(connections: number) {
    this.free = Array.from({ length: connections }, () => undefined);
  }

  /** Milliseconds for which connections had nothing to do between two files, over all of them. */
  get idleMilliseconds(): number {
    return this.idle;
  }

  /** Milliseconds of all files together. */
  get busyMilliseconds(): number {
    return this.busy;
  }

  /** When the last connection is done with all that it has; `undefined`: there was no file yet. */
  get lastEnd(): number | undefined {
    const ends = this.free.flatMap((end) => end ?? []);
    return ends.length === 0 ? undefined : Math.max(...ends);
  }

  add(now: number, milliseconds: number): Span {
    const lane = this.soonest();
    const free = this.free[lane];
    const start = Math.max(now, free ?? now);
    this.idle += free === undefined ? 0 : start - free;
    this.free[lane] = start + milliseconds;
    this.busy += milliseconds;
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
