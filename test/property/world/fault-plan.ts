import type { Fault, Operation, Step } from "./scenario";

/** Says which operation of a step goes wrong. */
export class FaultPlan {
  private readonly counts = new Map<Operation, number>();
  private starts = 0;
  private suspended = 0;

  constructor(private readonly step: Step) {}

  next(operation: Operation): Fault | undefined {
    if (this.suspended > 0) {
      return undefined;
    }
    const count = (this.counts.get(operation) ?? 0) + 1;
    this.counts.set(operation, count);
    return this.step.faults.find((fault) => fault.operation === operation && fault.nth === count);
  }

  /** Whether the service throttles this Start* call. */
  throttles(): boolean {
    this.starts += 1;
    return this.step.throttleEvery > 0 && this.starts % this.step.throttleEvery === 0;
  }

  /** Nothing goes wrong while others go on in the middle of an operation. */
  async without(others: () => Promise<void>): Promise<void> {
    this.suspended += 1;
    try {
      await others();
    } finally {
      this.suspended -= 1;
    }
  }
}
