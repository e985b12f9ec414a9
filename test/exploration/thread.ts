import type { Execution } from "../property/world/execution";
import type { Invocation } from "../property/world/invocation";
import type { Fault, Operation } from "../property/world/scenario";

export interface Waiting {
  readonly operation: Operation;
  readonly release: (fault: Fault | undefined) => void;
}

/** One invocation of a function, which goes on by one call at a time. */
export class Thread {
  invocation: Invocation | undefined;
  readonly waiting: Waiting[] = [];
  /** Answers and times: all that it can know. */
  readonly heard: string[];
  /** Whether it has made a call. */
  hasCalled = false;
  hasEnded = false;

  constructor(
    readonly execution: Execution,
    private readonly begun: Date,
  ) {
    this.heard = [begun.toISOString()];
  }

  /** Whether Lambda has ended it by now: it lives for so many seconds, whatever becomes of its execution. */
  hasOutlived(seconds: number, now: Date): boolean {
    return now.getTime() - this.begun.getTime() >= seconds * 1000;
  }

  get name(): string {
    return `${this.execution.context.run} ${this.invocation?.call.function}`;
  }

  /** Makes the next call. */
  goOn(fault: Fault | undefined): void {
    this.hasCalled = true;
    this.waiting.shift()?.release(fault);
  }
}
