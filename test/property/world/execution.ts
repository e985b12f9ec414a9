import { finishRun } from "../../../functions/finish-run/finish";
import { collectListings } from "../../../functions/get-list-status/collect-listings";
import { startListings } from "../../../functions/remote-folders-list/start-listings";
import { startRun } from "../../../functions/remote-folders-list/start-run";
import type { RunContext } from "../../../functions/shared/run-context";
import type { Slice, SliceResult } from "../../../functions/shared/run-slice";
import { loadWork } from "../../../functions/shared/work/load";
import { syncSlice } from "../../../functions/sync-remote-folder/sync-slice";
import { Crash } from "../../functions/support/fake-objects";
import { FaultyServices } from "./faulty-services";
import { Invocation } from "./invocation";
import type { World } from "./world";

type State = "start" | "list" | "sync" | "finish";

/** What the state machine's Retry matches on. */
const RETRIED = ["SliceSuperseded", "InternalError"];
const MAX_RETRIES = 3;
const RETRY_SECONDS = 2;

const RUNNING: SliceResult = { Status: "RUNNING", WaitSeconds: 0 };
const NEXT_STATE = { start: "list", list: "sync", sync: "start" } as const;

/** One execution of the state machine, state by state. */
export class Execution {
  /** Whether the service calls it running. */
  alive = true;
  private state: State = "start";
  private retries = 0;
  private current: Invocation | undefined;
  private error: { readonly name: string; readonly message: string } | undefined;
  private skipped = false;

  constructor(
    private readonly world: World,
    readonly context: RunContext,
  ) {}

  get isFinishing(): boolean {
    return this.state === "finish";
  }

  /** Invokes the Lambda of the state that it has come to. The answer counts only if nobody went on without it. */
  async step(): Promise<void> {
    const invocation = new Invocation(this.world, this);
    this.current = invocation;
    try {
      const result = await this.invoke(invocation);
      if (this.current === invocation && this.alive) {
        this.goOn(result);
      }
    } catch (error) {
      if (this.current === invocation && this.alive) {
        this.retryOrCatch(error);
      }
    }
  }

  /** The Lambda runs once more, and nobody hears of it. */
  async repeat(): Promise<void> {
    await this.invoke(new Invocation(this.world, this)).catch(() => undefined);
  }

  kill(): void {
    this.alive = false;
    this.world.killed.push(this);
  }

  /** Goes on at the state at which it was killed. */
  redrive(): void {
    this.alive = true;
    this.world.redriven.add(this.context.run);
    this.retries = 0;
  }

  private async invoke(invocation: Invocation): Promise<SliceResult> {
    try {
      const services = new FaultyServices(this.world, invocation);
      const { context } = this;
      const until = new Date(invocation.startedAt.getTime() + this.world.env.timeouts.slice * 1000);
      const slice = { context, env: this.world.env, services, until };
      const result = await invocation.operation("slice", () => this.run(slice, invocation));
      invocation.state = "returned";
      return result;
    } catch (error) {
      invocation.state = "died";
      throw error;
    }
  }

  private async run(slice: Slice, invocation: Invocation): Promise<SliceResult> {
    switch (this.state) {
      case "start": {
        const work = await startRun(slice);
        if (work === undefined) {
          return { Status: "SKIPPED", WaitSeconds: 0 };
        }
        await startListings(slice, work);
        return RUNNING;
      }
      case "list":
        await collectListings(slice, await loadWork(slice));
        return RUNNING;
      case "sync":
        return syncSlice(slice, await loadWork(slice));
      case "finish": {
        const { error, skipped } = this;
        await finishRun(slice.services, this.context, { error, skipped });
        this.world.watch.finished(invocation);
        return { Status: "DONE", WaitSeconds: 0 };
      }
    }
  }

  private goOn({ Status, WaitSeconds }: SliceResult): void {
    this.retries = 0;
    this.world.clock.advance(WaitSeconds);
    if (this.state === "finish" || Status === "HANDED_OVER") {
      this.alive = false;
    } else if (Status === "RUNNING") {
      this.state = NEXT_STATE[this.state];
    } else {
      this.skipped = Status === "SKIPPED";
      this.state = "finish";
    }
  }

  private retryOrCatch(error: unknown): void {
    const isRetried = error instanceof Crash || (error instanceof Error && RETRIED.includes(error.name));
    if (isRetried && this.retries < MAX_RETRIES) {
      this.retries += 1;
      this.world.clock.advance(RETRY_SECONDS);
    } else if (this.state === "finish") {
      this.alive = false;
    } else {
      this.retries = 0;
      this.state = "finish";
      this.error = error instanceof Error ? { name: error.name, message: error.message } : { name: "?", message: "?" };
      this.world.watch.caught(error);
    }
  }
}
