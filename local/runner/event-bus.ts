import type { DeployedRule } from "../deployment/deployment";
import { matchesPattern } from "../deployment/event-pattern";
import type { LambdaService } from "../lambda/lambda-service";

/** An asynchronous invocation is tried twice more (Lambda developer guide, "Asynchronous invocation"). */
const ATTEMPTS = 3;

/** EventBridge's default bus: hands events to the functions whose deployed rules match. */
export class EventBus {
  private lambda: Pick<LambdaService, "invoke"> | undefined;
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly rules: readonly DeployedRule[]) {}

  /** Events before this are lost, as those before a deployment are. */
  connect(lambda: Pick<LambdaService, "invoke">): void {
    this.lambda = lambda;
  }

  async deliver(event: object): Promise<void> {
    const targets = this.rules
      .filter(({ pattern }) => matchesPattern(pattern, event))
      .flatMap(({ targets }) => targets);
    await Promise.all(targets.map((arn) => this.track(this.invoke(arn, event))));
  }

  /** Waits until the functions are done with every event that was delivered, also with those that come meanwhile. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) {
      await Promise.all(this.underWay);
    }
  }

  private track(invocation: Promise<void>): Promise<void> {
    const tracked = invocation.finally(() => this.underWay.delete(tracked));
    this.underWay.add(tracked);
    return tracked;
  }

  private async invoke(arn: string, event: object): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        await this.lambda?.invoke(arn, event);
        return;
      } catch {
        // The function's log says why. After the last attempt the event is gone, as into a dead-letter queue.
      }
    }
  }
}
