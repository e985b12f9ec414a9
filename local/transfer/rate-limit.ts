/** A token bucket: `perSecond` on average, and as many at once. */
export class RateLimit {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly perSecond: number,
    private readonly now: () => Date,
  ) {
    this.tokens = this.capacity;
    this.filledAt = now().getTime();
  }

  private get capacity(): number {
    return Math.max(1, this.perSecond);
  }

  /** Takes one, if there is one. */
  take(): boolean {
    const now = this.now().getTime();
    this.tokens = Math.min(this.capacity, this.tokens + ((now - this.filledAt) / 1000) * this.perSecond);
    this.filledAt = now;
    if (this.tokens < 1) {
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}
