import { Crash } from "../../functions/support/fake-objects";
import type { Execution } from "./execution";
import type { Effect, Fault, Operation } from "./scenario";
import type { World } from "./world";

/** A Lambda's own limit. A transfer is in doubt for longer than that: no zombie outlives the doubt. */
export const LAMBDA_SECONDS = 300;

/** What S3 or the SDK throws when its own retries are used up. */
export class ServiceError extends Error {
  override readonly name = "InternalError";
}

export type Answers<T> = { readonly [effect in Effect]?: (fault: Fault) => Promise<T> };

/** One invocation of a Lambda, which may die, be doubled or be left behind at each of its operations. */
export class Invocation {
  state: "running" | "returned" | "died" = "running";
  readonly startedAt: Date;
  private readonly turn: number;

  constructor(
    private readonly world: World,
    readonly execution: Execution,
  ) {
    this.startedAt = world.clock.now();
    this.turn = world.turn;
  }

  get run(): string {
    return this.execution.context.run;
  }

  /** Whether nothing else has happened since it began. */
  get isAlone(): boolean {
    return this.turn === this.world.turn;
  }

  async operation<T>(operation: Operation, perform: () => Promise<T>, answers: Answers<T> = {}): Promise<T> {
    this.checkTime();
    const fault = this.world.faults.next(operation);
    const answer = fault && answers[fault.effect];
    if (fault === undefined) {
      return perform();
    }
    if (answer !== undefined) {
      return answer(fault);
    }
    if (fault.moment === "before") {
      await this.strike(fault);
      this.checkTime();
      return perform();
    }
    const result = await perform();
    await this.strike(fault);
    return result;
  }

  private async strike({ operation, effect, moment, slices }: Fault): Promise<void> {
    switch (effect) {
      case "crash":
        throw new Crash(`${moment} ${operation}`);
      case "kill":
        this.execution.kill();
        throw new Crash(`${moment} ${operation}`);
      case "error":
        throw new ServiceError(`${moment} ${operation}`);
      case "zombie":
        this.execution.kill();
        return this.world.goOn(this.world.launch("scheduled"), slices);
      case "rival":
        return this.world.goOn(this.world.launch("scheduled"), slices);
      case "straggle":
        return this.world.goOn(this.execution, slices);
      case "twin":
        return this.world.faults.without(() => this.execution.repeat());
    }
  }

  private checkTime(): void {
    const seconds = (this.world.clock.now().getTime() - this.startedAt.getTime()) / 1000;
    if (seconds > LAMBDA_SECONDS) {
      throw new Crash("out of time");
    }
  }
}
