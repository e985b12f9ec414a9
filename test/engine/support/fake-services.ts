import type { ExecutionService, SecretService, Services } from "../../../engine/ports/services";
import type { Report } from "../../../engine/report";
import type { RunMetrics } from "../../../engine/run/run-figures";
import { SimulatedClock } from "../../../simulation/clock";
import { FakeConnector } from "./fake-connector";
import { FakeObjects } from "./fake-objects";
import { FakeRemote } from "./fake-remote";

export const START = new Date("2026-03-05T10:00:00.000Z");

/** Begins at {@link START}; chance is in the test's hand. */
export class FakeClock extends SimulatedClock {
  constructor(random?: () => number) {
    super(START, random);
  }
}

export class FakeSecrets implements SecretService {
  filled = true;

  async hasValue(): Promise<boolean> {
    return this.filled;
  }
}

class FakeExecutions implements ExecutionService {
  readonly running = new Set<string>();
  /** What was started, in order; the same name only once. */
  readonly started: { readonly name: string; readonly input: unknown }[] = [];
  /** Stands in for the answer of the next start. */
  nextStart: (() => Promise<void>) | undefined;

  async start(_stateMachineArn: string, name: string, input: unknown): Promise<void> {
    if (!this.started.some((execution) => execution.name === name)) {
      this.started.push({ name, input });
    }
    const answer = this.nextStart;
    this.nextStart = undefined;
    await answer?.();
  }

  async isRunning(executionArn: string): Promise<boolean> {
    return this.running.has(executionArn);
  }
}

/** Keeps the reports that were counted. */
class FakeMetrics implements RunMetrics {
  readonly recorded: Report[] = [];

  record(report: Report): void {
    this.recorded.push(report);
  }
}

/** The engine's `Services`, in memory. */
export class FakeServices implements Services {
  readonly clock: FakeClock;
  readonly secrets = new FakeSecrets();
  readonly metrics = new FakeMetrics();
  readonly executions = new FakeExecutions();
  readonly remote = new FakeRemote();
  readonly objects = new FakeObjects(() => this.clock.now());
  readonly connector: FakeConnector;

  constructor(random?: () => number) {
    this.clock = new FakeClock(random);
    this.connector = new FakeConnector(this);
  }
}
