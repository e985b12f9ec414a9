import type { EngineEnv } from "../../../engine/env";
import { finishRun } from "../../../engine/run/finish";
import type { RunMetrics } from "../../../engine/run/run-figures";
import { getListStatus, remoteFoldersList, syncRemoteFolder } from "../../../engine/run/slices";
import type { RunContext } from "../../../engine/run-context";
import type { Slice, SliceResult } from "../../../engine/slice";
import { Crash } from "../../engine/support/fake-objects";
import { FaultyServices } from "./faulty-services";
import { type Call, Invocation, type Lambda } from "./invocation";
import type { Sync } from "./syncs";
import type { World } from "./world";

/** What the state machine's Retry matches on. */
const RETRIED = ["SliceSuperseded", "InternalError"];
const MAX_RETRIES = 3;
const RETRY_SECONDS = 2;

const NO_METRICS: RunMetrics = { record: () => undefined };

const NEXT = {
  "remote-folders-list": "get-list-status",
  "get-list-status": "sync-remote-folder",
  "sync-remote-folder": "remote-folders-list",
} as const;

/** One execution of the state machine, state by state. */
export class Execution {
  /** Whether the service calls it running. */
  alive = true;
  private lambda: Lambda = "remote-folders-list";
  private retries = 0;
  private current: Invocation | undefined;
  private error: Call["error"];
  private skipped = false;

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
        this.goOn(result);
      }
    } catch (error) {
      if (this.current === invocation && this.alive) {
        this.retryOrCatch(error);
      }
    }
  }

  /** A Lambda runs once more, and nobody hears of it. */
  async repeat(call: Call): Promise<void> {
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
    this.retries = 0;
  }

  private get call(): Call {
    const { lambda, error, skipped } = this;
    return { lambda, error, skipped };
  }

  private async invoke(invocation: Invocation): Promise<SliceResult> {
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

  private async run(slice: Slice, invocation: Invocation): Promise<SliceResult> {
    const { lambda, error, skipped } = invocation.call;
    switch (lambda) {
      case "remote-folders-list":
        return remoteFoldersList(slice);
      case "get-list-status":
        return getListStatus(slice);
      case "sync-remote-folder":
        return syncRemoteFolder(slice);
      case "finish-run":
        await finishRun(slice.services, NO_METRICS, this.context, { error, skipped });
        this.world.watch.finished(invocation);
        return { Status: "DONE", WaitSeconds: 0 };
    }
  }

  private goOn({ Status, WaitSeconds }: SliceResult): void {
    this.retries = 0;
    this.world.clock.advance(WaitSeconds);
    if (this.lambda === "finish-run" || Status === "HANDED_OVER") {
      this.alive = false;
    } else if (Status === "RUNNING") {
      this.lambda = NEXT[this.lambda];
    } else {
      this.skipped = Status === "SKIPPED";
      this.lambda = "finish-run";
    }
  }

  private retryOrCatch(error: unknown): void {
    const isRetried = error instanceof Crash || (error instanceof Error && RETRIED.includes(error.name));
    if (isRetried && this.retries < MAX_RETRIES) {
      this.retries += 1;
      this.world.clock.advance(RETRY_SECONDS);
    } else if (this.lambda === "finish-run") {
      this.alive = false;
    } else {
      this.retries = 0;
      this.lambda = "finish-run";
      this.error = error instanceof Error ? { name: error.name, message: error.message } : { name: "?", message: "?" };
      this.world.watch.caught(error);
    }
  }
}
