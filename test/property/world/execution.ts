import { FINISH_FUNCTION } from "../../../contract/run-loop";
import type { EngineEnv } from "../../../engine/env";
import type { RunError } from "../../../engine/run/build-report";
import { finishRun } from "../../../engine/run/finish";
import {
  afterAnswer,
  afterFailure,
  FIRST_CALL,
  type LoopMove,
  type RunAnswer,
  type RunCall,
} from "../../../engine/run/loop";
import type { RunMetrics } from "../../../engine/run/run-figures";
import { SLICES } from "../../../engine/run/slices";
import type { RunContext } from "../../../engine/run-context";
import type { Slice } from "../../../engine/slice";
import { FaultyServices } from "./faulty-services";
import { Invocation } from "./invocation";
import type { Sync } from "./syncs";
import type { World } from "./world";

const NO_METRICS: RunMetrics = { record: () => undefined };

/** One execution of the state machine, state by state. */
export class Execution {
  /** Whether the service calls it running. */
  alive = true;
  private call = FIRST_CALL;
  private current: Invocation | undefined;

  constructor(
    private readonly world: World,
    readonly context: RunContext,
    readonly sync: Sync,
    readonly env: EngineEnv,
  ) {}

  /** Invokes the Lambda of the state that it has come to. The answer counts only if nobody went on without it. */
  async step(): Promise<void> {
    const invocation = new Invocation(this.world, this, this.call);
    this.current = invocation;
    try {
      const result = await this.invoke(invocation);
      if (this.current === invocation && this.alive) {
        this.move(afterAnswer(invocation.call, result));
      }
    } catch (error) {
      if (this.current === invocation && this.alive) {
        this.move(afterFailure(invocation.call, failureOf(error), this.world.clock.random()), error);
      }
    }
  }

  /** A Lambda runs once more, and nobody hears of it. */
  async repeat(call: RunCall): Promise<void> {
    await this.invoke(new Invocation(this.world, this, call)).catch(() => undefined);
  }

  kill(): void {
    this.alive = false;
    this.world.killed.push(this);
  }

  /** Goes on at the state at which it was killed. */
  redrive(): void {
    this.alive = true;
    this.world.redriven.add(this.context.run);
    this.call = { ...this.call, retries: FIRST_CALL.retries };
  }

  /** Where it stands: executions that stand at the same place go on in the same way. */
  get position(): string {
    return JSON.stringify([this.alive, this.call]);
  }

  private async invoke(invocation: Invocation): Promise<RunAnswer> {
    try {
      const services = new FaultyServices(this.world, invocation);
      const { context, env } = this;
      const until = new Date(invocation.startedAt.getTime() + env.timeouts.slice * 1000);
      const slice = { context, env, services, until };
      const result = await invocation.operation("slice", () => this.run(slice, invocation));
      invocation.returned();
      this.world.watch.returned(invocation, result);
      return result;
    } catch (error) {
      invocation.state = "died";
      throw error;
    }
  }

  private async run(slice: Slice, invocation: Invocation): Promise<RunAnswer> {
    const { function: name, error, skipped } = invocation.call;
    if (name !== FINISH_FUNCTION) {
      return SLICES[name](slice);
    }
    const outcome = await finishRun(slice.services, NO_METRICS, this.context, { error, skipped });
    this.world.watch.finished(invocation);
    return outcome;
  }

  /** @param error what the move follows on, where that is a failure. */
  private move(move: LoopMove, error?: unknown): void {
    if (move.kind !== "call") {
      this.alive = false;
      return;
    }
    if (error !== undefined && move.call.function !== this.call.function) {
      this.world.watch.caught(error);
    }
    this.call = move.call;
    this.world.clock.advance(move.afterSeconds);
  }
}

function failureOf(error: unknown): RunError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message };
}
