import type { EngineEnv } from "../../../functions/shared/env";
import { logger } from "../../../functions/shared/logger";
import { parseRunContext } from "../../../functions/shared/run-context";
import { FakeObjects } from "../../functions/support/fake-objects";
import { FakeClock, FakeSecrets } from "../../functions/support/fake-services";
import { engineEnv, executionArn, PREFIX, REPORTS, runContext, TARGET } from "../../functions/support/run-input";
import { Watch } from "../invariants/watch";
import { Changes } from "./changes";
import { Execution } from "./execution";
import { FaultPlan } from "./fault-plan";
import { Listings } from "./listings";
import { RemoteTree } from "./remote-tree";
import { type Change, type ExecutionPlan, QUIET_STEP, type Step, type SyncOptions } from "./scenario";
import { Transfers } from "./transfers";

logger.setLogLevel("SILENT");

/** A step that takes longer than so many slices will never end. */
const MAX_TURNS = 3000;

/** What a slice takes. */
const SLICE_SECONDS = 1;

export const IN_DOUBT_SECONDS = 400;
export const TRANSFER_SECONDS = 1500;

/** A remote server, a connector, S3 and the state machine, of which any part may fail. */
export class World {
  readonly clock = new FakeClock();
  readonly secrets = new FakeSecrets();
  readonly objects = new FakeObjects(() => this.clock.now());
  readonly remote = new RemoteTree();
  readonly listings = new Listings(this.objects, this.remote, this.clock);
  readonly transfers = new Transfers(this.objects, this.remote, this.clock);
  readonly watch: Watch = new Watch(this);
  readonly env: EngineEnv;
  readonly killed: Execution[] = [];
  /** Runs of which an execution was redriven. */
  readonly redriven = new Set<string>();
  faults = new FaultPlan(QUIET_STEP);
  /** Slices in this step so far. */
  turn = 0;
  private step = QUIET_STEP;
  private meanwhile: Step["meanwhile"][number][] = [];
  private readonly executions: Execution[] = [];
  private readonly changes = new Changes(this);

  constructor(readonly options: SyncOptions) {
    this.env = engineEnv({
      timeouts: { listing: 120, inDoubt: IN_DOUBT_SECONDS, transfer: TRANSFER_SECONDS },
      roundsPerExecution: options.roundsPerExecution,
      connectorLimits: { pendingFiles: options.pendingFiles },
    });
  }

  get queueRoom(): number {
    return this.options.pendingFiles;
  }

  /** Changes, then executions until none is alive. */
  async play(step: Step): Promise<void> {
    this.step = step;
    this.faults = new FaultPlan(step);
    this.turn = 0;
    this.meanwhile = [...step.meanwhile];
    for (const change of step.changes) {
      this.change(change);
    }
    if (step.redrive) {
      this.killed.pop()?.redrive();
    }
    for (const plan of step.executions) {
      this.launch(plan);
    }
    for (let live = this.live(); live.length > 0; live = this.live()) {
      const next = step.turns[this.turn % step.turns.length] ?? 0;
      await live[next % live.length]?.step();
      this.tick();
      this.changeMeanwhile();
    }
  }

  change(change: Change): void {
    this.changes.apply(change);
  }

  launch(plan: ExecutionPlan): Execution {
    const { minimumAgeSeconds, excludesText } = this.options;
    const context = runContext({
      run: `run-${this.executions.length + 1}`,
      startedAt: this.clock.now(),
      minimumAgeSeconds,
      exclude: excludesText ? ["**/*.txt"] : [],
      dryRun: plan === "dry",
      ...(plan === "on-demand" ? { fromTimestamp: 0 } : {}),
    });
    return this.begin(new Execution(this, context));
  }

  /** Starting the same execution again changes nothing. */
  startExecution(stateMachineArn: string, name: string, input: unknown): void {
    const Id = executionArn(name);
    if (!this.executions.some(({ context }) => context.executionArn === Id)) {
      const StartTime = this.clock.now().toISOString();
      const execution = { Id, Name: name, StartTime };
      const sliceInput = { Event: input, Execution: execution, StateMachine: { Id: stateMachineArn } };
      this.begin(new Execution(this, parseRunContext(sliceInput)));
    }
  }

  isRunning(arn: string): boolean {
    return this.executions.some(({ context, alive }) => alive && context.executionArn === arn);
  }

  /** Lets an execution take some slices in the middle of another's operation. */
  async goOn(execution: Execution, slices: number): Promise<void> {
    await this.faults.without(async () => {
      for (let slice = 0; slice < slices && execution.alive; slice += 1) {
        await execution.step();
        this.tick();
      }
    });
  }

  /** The connector goes on meanwhile. */
  pass(seconds: number): void {
    this.listings.tick();
    this.transfers.move(this.step.pace * seconds);
    this.clock.advance(seconds);
  }

  deleteFromS3(path: string): void {
    this.watch.deletedFromS3(path);
    this.objects.delete(TARGET, PREFIX + path);
  }

  loseLedger(): void {
    this.watch.ledgerLost();
    for (const key of this.objects.keys(REPORTS, "ledger/")) {
      this.objects.delete(REPORTS, key);
    }
  }

  private begin(execution: Execution): Execution {
    this.executions.push(execution);
    return execution;
  }

  private live(): Execution[] {
    return this.executions.filter(({ alive }) => alive);
  }

  private tick(): void {
    this.turn += 1;
    if (this.turn > MAX_TURNS) {
      throw new Error(`The executions do not end within ${MAX_TURNS} slices`);
    }
    this.clock.advance(SLICE_SECONDS);
    this.listings.tick();
    this.transfers.move(this.step.pace);
  }

  private changeMeanwhile(): void {
    for (const { turn, change } of this.meanwhile.splice(0)) {
      if (turn <= this.turn) {
        this.change(change);
      } else {
        this.meanwhile.push({ turn, change });
      }
    }
  }
}
