import { FINISH_FUNCTION, type SliceStatus } from "../../../contract/run-loop";
import { EMPTY_LEDGER, type FolderLedger } from "../../../engine/ledger/ledger";
import { parseLedger } from "../../../engine/ledger/ledger-file";
import { logger } from "../../../engine/logger";
import { type Report, reportSchema } from "../../../engine/report";
import { finishRun } from "../../../engine/run/finish";
import { getListStatus } from "../../../engine/run/get-list-status";
import {
  afterAnswer,
  afterFailure,
  FIRST_CALL,
  type LoopMove,
  type RunAnswer,
  type RunCall,
} from "../../../engine/run/loop";
import type { Outcome } from "../../../engine/run/outcome";
import { remoteFoldersList } from "../../../engine/run/remote-folders-list";
import { SLICES } from "../../../engine/run/slices";
import { syncRemoteFolder } from "../../../engine/run/sync-remote-folder";
import { parseRunContext, type RunContext, shortHash } from "../../../engine/run-context";
import type { Slice, SliceResult } from "../../../engine/slice";
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

  async startSlice(context: RunContext): Promise<SliceStatus> {
    return (await remoteFoldersList(this.slice(context))).Status;
  }

  listSlice(context: RunContext): Promise<SliceResult> {
    return getListStatus(this.slice(context));
  }

  syncSlice(context: RunContext): Promise<SliceResult> {
    return syncRemoteFolder(this.slice(context));
  }

  /** One round of the loop; things arrive after each of its slices, and after the wait. */
  async round(context: RunContext): Promise<SliceStatus> {
    let status: SliceStatus = "RUNNING";
    for (let call = FIRST_CALL; call.function !== FINISH_FUNCTION; ) {
      const slice = SLICES[call.function];
      const { answer, move } = await this.answered(call, () => slice(this.slice(context)));
      status = answer.Status;
      this.services.clock.advance(move.kind === "call" ? move.afterSeconds : 0);
      this.deliver();
      if (move.kind !== "call" || move.call.function === FIRST_CALL.function) {
        break;
      }
      call = move.call;
    }
    return status;
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
    const input = { error: caught, skipped };
    const finish: RunCall = { ...FIRST_CALL, function: FINISH_FUNCTION, ...input };
    const { answer: outcome } = await this.answered(finish, () =>
      finishRun(services, services.metrics, context, input),
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

  /** What is known of a folder. */
  ledger(folder: string): FolderLedger {
    const key = this.ledgerKeys().find((known) => known.endsWith(`/${shortHash(folder)}.json`));
    return key === undefined ? EMPTY_LEDGER : parseLedger(this.objects.text(REPORTS, key) ?? "", key);
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

  /** @throws what the state machine would catch. */
  private async answered<T extends RunAnswer>(
    first: RunCall,
    invoke: () => Promise<T>,
  ): Promise<{ answer: T; move: LoopMove }> {
    for (let call = first; ; ) {
      try {
        const answer = await invoke();
        return { answer, move: afterAnswer(call, answer) };
      } catch (error) {
        const { clock } = this.services;
        const failure = error instanceof Error ? error : new Error(String(error));
        const move = afterFailure(call, failure, clock.random());
        if (move.kind !== "call" || move.call.function !== call.function) {
          throw error;
        }
        clock.advance(move.afterSeconds);
        call = move.call;
      }
    }
  }
}

/** The report's own promise about its figures. */
export function accountedFor({ files }: Report): number {
  const skipped = Object.values(files.skipped).reduce((sum, count) => sum + count, 0);
  return files.transferred + files.failed + (files.wouldTransfer ?? 0) + files.unfinished + skipped;
}
