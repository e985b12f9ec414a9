import { collectListings } from "../../../engine/listing/collect-listings";
import { startListings } from "../../../engine/listing/start-listings";
import { logger } from "../../../engine/logger";
import { type Report, reportSchema } from "../../../engine/report";
import { finishRun } from "../../../engine/run/finish";
import type { Outcome } from "../../../engine/run/outcome";
import { startRun } from "../../../engine/run/start-run";
import { syncSlice } from "../../../engine/run/sync-slice";
import { parseRunContext, type RunContext } from "../../../engine/run-context";
import type { Slice, SliceResult } from "../../../engine/slice";
import { loadWork } from "../../../engine/work/load";
import { Crash } from "./fake-objects";
import { FakeServices } from "./fake-services";
import {
  engineEnv,
  executionArn,
  type Limits,
  PREFIX,
  REPORTS,
  type RunOptions,
  runContext,
  TARGET,
} from "./run-input";

logger.setLogLevel("SILENT");

const MAX_ROUNDS = 2000;

export interface Ended {
  readonly outcome: Outcome;
  readonly report: Report;
}

/** The state machine's loop over the slices, with a world of fakes around it. */
export class Simulation {
  readonly services: FakeServices;
  /** What arrives between two rounds of the loop. */
  readonly delivering = { listings: true, transfers: true };
  private runs = 0;

  /** @param random what chance says, always 0.5 by default. */
  constructor(
    private readonly limits: Limits = {},
    random?: () => number,
  ) {
    this.services = new FakeServices(random);
  }

  get remote() {
    return this.services.remote;
  }

  get connector() {
    return this.services.connector;
  }

  get objects() {
    return this.services.objects;
  }

  /** A run from its first slice to its report. */
  async run(options: RunOptions = {}): Promise<Ended> {
    return this.finish(await this.pump(this.begin(options)));
  }

  /** Starts an execution; its first slice is still to come. */
  begin(options: RunOptions = {}): RunContext {
    this.runs += 1;
    const context = runContext({ run: `run-${this.runs}`, startedAt: this.services.clock.now(), ...options });
    this.services.executions.running.add(context.executionArn);
    return context;
  }

  slice(context: RunContext): Slice {
    const env = engineEnv(this.limits);
    const until = new Date(this.services.clock.now().getTime() + env.timeouts.slice * 1000);
    return { context, env, services: this.services, until };
  }

  async startSlice(context: RunContext): Promise<"RUNNING" | "SKIPPED"> {
    const slice = this.slice(context);
    const work = await startRun(slice);
    if (work === undefined) {
      return "SKIPPED";
    }
    await startListings(slice, work);
    return "RUNNING";
  }

  async listSlice(context: RunContext): Promise<void> {
    const slice = this.slice(context);
    await collectListings(slice, await loadWork(slice));
  }

  async syncSlice(context: RunContext): Promise<SliceResult> {
    const slice = this.slice(context);
    return syncSlice(slice, await loadWork(slice));
  }

  /** One round of the loop: three slices, then the wait in which things arrive. */
  async round(context: RunContext): Promise<SliceResult["Status"]> {
    if ((await this.repeated(() => this.startSlice(context))) === "SKIPPED") {
      return "SKIPPED";
    }
    this.deliver();
    await this.repeated(() => this.listSlice(context));
    const { Status, WaitSeconds } = await this.repeated(() => this.syncSlice(context));
    this.services.clock.advance(WaitSeconds);
    this.deliver();
    return Status;
  }

  async pump(context: RunContext): Promise<{ context: RunContext; skipped: boolean }> {
    let current = context;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const status = await this.round(current);
      if (status === "HANDED_OVER") {
        current = this.successor(current);
      } else if (status !== "RUNNING") {
        return { context: current, skipped: status === "SKIPPED" };
      }
    }
    throw new Error(`The run does not end within ${MAX_ROUNDS} rounds`);
  }

  /** The execution that the last hand-over started; the one before it has ended. */
  successor(context: RunContext): RunContext {
    const started = this.services.executions.started.at(-1);
    if (started === undefined) {
      throw new Error("No execution was started");
    }
    this.services.executions.running.delete(context.executionArn);
    const successor = parseRunContext({
      Event: started.input,
      Execution: {
        Id: executionArn(started.name),
        Name: started.name,
        StartTime: this.services.clock.now().toISOString(),
      },
      StateMachine: { Id: context.stateMachineArn },
    });
    this.services.executions.running.add(successor.executionArn);
    return successor;
  }

  async finish({ context, skipped }: { context: RunContext; skipped: boolean }, error?: Error): Promise<Ended> {
    const caught = error && { name: error.name, message: error.message };
    const { services } = this;
    const outcome = await this.repeated(() =>
      finishRun(services, services.metrics, context, { error: caught, skipped }),
    );
    this.services.executions.running.delete(context.executionArn);
    return { outcome, report: this.report(context) };
  }

  /** The execution is gone without a word. */
  kill(context: RunContext): void {
    this.services.executions.running.delete(context.executionArn);
  }

  report(context: RunContext): Report {
    return reportSchema.parse(JSON.parse(this.objects.text(REPORTS, `${context.prefix}report.json`) ?? ""));
  }

  /** Keys in the target bucket, without the sync's prefix. */
  targetPaths(): string[] {
    return this.objects.keys(TARGET).map((key) => key.slice(PREFIX.length));
  }

  /** Names in the ledgers, of all folders. */
  ledgerPaths(): string[] {
    return this.ledgerKeys().flatMap((key) => {
      const ledger: { folder: string; files: [string][] } = JSON.parse(this.objects.text(REPORTS, key) ?? "");
      return ledger.files.map(([name]) => `${ledger.folder}/${name}`);
    });
  }

  ledgerKeys(): string[] {
    return this.objects.keys(REPORTS, "ledger/").filter((key) => key.endsWith(".json"));
  }

  deliver(): void {
    if (this.delivering.listings) {
      this.connector.deliverListings();
    }
    if (this.delivering.transfers) {
      this.connector.deliverTransfers();
    }
  }

  /** What the state machine's Retry does after a Lambda died. */
  private async repeated<T>(invoke: () => Promise<T>): Promise<T> {
    try {
      return await invoke();
    } catch (error) {
      if (!(error instanceof Crash)) {
        throw error;
      }
      return invoke();
    }
  }
}

/** The report's own promise about its figures. */
export function accountedFor({ files }: Report): number {
  const skipped = Object.values(files.skipped).reduce((sum, count) => sum + count, 0);
  return files.transferred + files.failed + (files.wouldTransfer ?? 0) + files.unfinished + skipped;
}
