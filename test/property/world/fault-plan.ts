import type { Lambda } from "./invocation";
import type { Fault, Operation, Step } from "./scenario";

/** Strikes the n-th call that one Lambda makes in a step, whatever it asks for. */
export interface CallFault extends Omit<Fault, "operation"> {
  readonly lambda: Lambda;
}

/** Says which operation of a step goes wrong. */
export class FaultPlan {
  private readonly counts = new Map<Operation, number>();
  private readonly calls = new Map<Lambda, number>();
  private starts = 0;
  private suspended = 0;

  constructor(
    private readonly step: Step,
    private readonly callFault?: CallFault,
  ) {}

  /** @param lambda the one that performs it; none performs what becomes of listings and files. */
  next(operation: Operation, lambda?: Lambda): Fault | undefined {
    if (this.suspended > 0) {
      return undefined;
    }
    const count = (this.counts.get(operation) ?? 0) + 1;
    this.counts.set(operation, count);
    const fault = this.step.faults.find((planned) => planned.operation === operation && planned.nth === count);
    return fault ?? this.nextCall(operation, lambda);
  }

  /** How often this Lambda has called a service. */
  callsOf(lambda: Lambda): number {
    return this.calls.get(lambda) ?? 0;
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

  private nextCall(operation: Operation, lambda: Lambda | undefined): Fault | undefined {
    if (lambda === undefined || operation === "slice") {
      return undefined;
    }
    const count = this.callsOf(lambda) + 1;
    this.calls.set(lambda, count);
    const { callFault } = this;
    return callFault?.lambda === lambda && callFault.nth === count ? { ...callFault, operation } : undefined;
  }
}
