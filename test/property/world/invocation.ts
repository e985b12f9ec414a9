import type { RunFunction } from "../../../contract/run-loop";
import type { RunCall } from "../../../engine/run/loop";
import { Crash } from "../../engine/support/fake-objects";
import type { Execution } from "./execution";
import type { Effect, Fault, Operation } from "./scenario";
import type { World } from "./world";

/** A Lambda's own limit. A transfer is in doubt for longer than that: no zombie outlives the doubt. */
export const LAMBDA_SECONDS = 300;

/** What S3 or the SDK throws when its own retries are used up. */
export class ServiceError extends Error {
  override readonly name = "InternalError";
}

/** Effects that are answers of the service as it may give them at any time. */
const ANSWERS: readonly Effect[] = ["refuse", "unready", "reject", "deny"];

/** The Lambdas, by what they do in a slice. */
export type Lambda = RunFunction;

export type Answers<T> = { readonly [effect in Effect]?: (fault: Fault) => Promise<T> };

/** Every call of every invocation passes here: says when it is made, and what strikes it. A slice is a call of its own. */
export interface Gate {
  pass<T>(invocation: Invocation, operation: Operation, make: (fault: Fault | undefined) => Promise<T>): Promise<T>;
}

/** One invocation of a Lambda, which may die, be doubled or be left behind at each of its operations. */
export class Invocation {
  state: "running" | "returned" | "died" = "running";
  readonly startedAt: Date;
  private readonly number: number;
  private returnedAt = Number.POSITIVE_INFINITY;
  private readonly turn: number;

  constructor(
    private readonly world: World,
    readonly execution: Execution,
    readonly call: RunCall,
  ) {
    this.startedAt = world.clock.now();
    this.turn = world.turn;
    this.number = world.nextNumber();
    world.watch.began(this);
  }

  get run(): string {
    return this.execution.context.run;
  }

  /** Whether nothing else has happened since it began. */
  get isAlone(): boolean {
    return this.turn === this.world.turn;
  }

  /** Whether it knows all that the other one has done. */
  knowsOf(earlier: Invocation): boolean {
    return this === earlier || this.number > earlier.returnedAt;
  }

  /** Whether it began before the other one. */
  isOlderThan(other: Invocation): boolean {
    return this.number < other.number;
  }

  returned(): void {
    this.state = "returned";
    this.returnedAt = this.world.nextNumber();
  }

  async operation<T>(operation: Operation, perform: () => Promise<T>, answers: Answers<T> = {}): Promise<T> {
    const { gate, faults } = this.world;
    if (gate !== undefined) {
      return gate.pass(this, operation, (fault) => this.make(fault, perform, answers));
    }
    this.checkLife();
    this.checkTime();
    return this.make(faults.next(operation, this.call.function), perform, answers);
  }

  private async make<T>(fault: Fault | undefined, perform: () => Promise<T>, answers: Answers<T>): Promise<T> {
    if (fault === undefined) {
      return perform();
    }
    if (!ANSWERS.includes(fault.effect)) {
      this.world.watch.struck(this);
    }
    const answer = answers[fault.effect];
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

  private async strike(fault: Fault): Promise<void> {
    const { operation, effect, moment, slices } = fault;
    const { world, execution } = this;
    switch (effect) {
      case "crash":
        this.state = "died";
        throw new Crash(`${moment} ${operation}`);
      case "kill":
        this.state = "died";
        execution.kill();
        throw new Crash(`${moment} ${operation}`);
      case "error":
        throw new ServiceError(`${moment} ${operation}`);
      case "zombie":
        execution.kill();
        return world.goOn(world.launch({ kind: "scheduled", sync: execution.sync.position }), fault);
      case "rival":
        return world.goOn(world.launch({ kind: "scheduled", sync: execution.sync.position }), fault);
      case "straggle":
        return world.goOn(execution, fault);
      case "twin":
        return world.faults.without(() => execution.repeat(this.call));
      case "late":
        return world.late.add(slices, () => world.faults.without(() => execution.repeat(this.call)));
    }
  }

  /** With the function, whatever it was about to ask for beside the call that it died at. */
  private checkLife(): void {
    if (this.state === "died") {
      throw new Crash("it has died");
    }
  }

  private checkTime(): void {
    const seconds = (this.world.clock.now().getTime() - this.startedAt.getTime()) / 1000;
    if (seconds > LAMBDA_SECONDS) {
      throw new Crash("out of time");
    }
  }
}
