import { logger } from "../../../engine/logger";
import { parseRunContext, type RunContext } from "../../../engine/run-context";
import { SimulatedConnector } from "../../../simulation/connector";
import { StoredTree } from "../../../simulation/remote-tree";
import { FakeObjects } from "../../engine/support/fake-objects";
import { FakeClock, FakeSecrets } from "../../engine/support/fake-services";
import { engineEnv, executionArn, PREFIX, REPORTS, TARGET } from "../../engine/support/run-input";
import { Watch } from "../invariants/watch";
import { Changes } from "./changes";
import { Execution } from "./execution";
import { type CallFault, FaultPlan } from "./fault-plan";
import type { Gate } from "./invocation";
import { LateInvocations } from "./late-invocations";
import { listingRules } from "./listings";
import {
  type Change,
  type Effect,
  type ExecutionPlan,
  type Fault,
  QUIET_STEP,
  type Refusal,
  type Step,
  type WorldOptions,
} from "./scenario";
import { startedRun } from "./starts";
import { type Sync, syncsOf } from "./syncs";
import { fileRules, unstick } from "./transfers";

logger.setLogLevel("SILENT");

/** A step that takes longer than so many slices will never end. */
const MAX_TURNS = 3000;

/** What a slice takes. */
const SLICE_SECONDS = 1;

export const LISTING_SECONDS = 360;
export const IN_DOUBT_SECONDS = 400;
export const TRANSFER_SECONDS = 1500;

/** A remote server, a connector, S3 and the state machine, of which any part may fail. */
export class World {
  readonly clock: FakeClock;
  readonly secrets = new FakeSecrets();
  readonly objects = new FakeObjects(() => this.clock.now());
  readonly syncs: readonly Sync[];
  readonly remote: StoredTree;
  readonly connector: SimulatedConnector<Effect | undefined, Effect | undefined>;
  readonly watch: Watch;
  readonly killed: Execution[] = [];
  /** Runs of which an execution was redriven. */
  readonly redriven = new Set<string>();
  /** Of all syncs' objects, those that the definition has named; the last one counts. */
  readonly prefixes = [PREFIX];
  /** They may come in a later step. */
  readonly late = new LateInvocations();
  faults = new FaultPlan(QUIET_STEP);
  /** Instead of `faults`; without it, every call is made at once. */
  gate: Gate | undefined;
  /** Slices in this step so far. */
  turn = 0;
  private step = QUIET_STEP;
  private meanwhile: Step["meanwhile"][number][] = [];
  private numbers = 0;
  /** What goes on in the middle of an operation; the function may die at another one before that has ended. */
  private others: Promise<void> = Promise.resolve();
  private readonly executions: Execution[] = [];
  private readonly changes: Changes;

  /** @param random what the engine's chance says. */
  constructor(
    readonly options: WorldOptions,
    random?: () => number,
  ) {
    this.clock = new FakeClock(random);
    this.syncs = syncsOf(options);
    this.remote = new StoredTree(this.syncs.map(({ root }) => root));
    this.connector = new SimulatedConnector(this, {
      listings: listingRules(options.dialect, () => this.faults.next("listing")?.effect),
      files: fileRules(() => this.faults.next("file")?.effect),
    });
    this.watch = new Watch(this);
    this.changes = new Changes(this);
  }

  get listings() {
    return this.connector.listings;
  }

  get transfers() {
    return this.connector.transfers;
  }

  get refusal(): Refusal {
    return this.step.refusal;
  }

  get prefix(): string {
    return this.prefixes.at(-1) ?? PREFIX;
  }

  /** Changes, then executions until none is alive. */
  async play(step: Step, callFault?: CallFault): Promise<void> {
    this.step = step;
    this.faults = new FaultPlan(step, callFault);
    this.secrets.filled = step.credentials;
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
      await this.others;
      this.tick();
      this.changeMeanwhile();
      await this.late.invokeDue();
    }
  }

  change(change: Change): void {
    this.changes.apply(change);
  }

  launch({ kind, sync: position }: ExecutionPlan): Execution {
    const sync = this.syncs[position % this.syncs.length];
    if (sync === undefined) {
      throw new Error("A world has at least one sync");
    }
    const context = startedRun(`run-${this.executions.length + 1}`, kind, sync, this.prefix, this.clock.now());
    return this.begin(context, sync);
  }

  /** Starting the same execution again changes nothing. */
  startExecution(stateMachineArn: string, name: string, input: unknown): void {
    const Id = executionArn(name);
    if (!this.executions.some(({ context }) => context.executionArn === Id)) {
      const StartTime = this.clock.now().toISOString();
      const context = parseRunContext({
        Event: input,
        Execution: { Id, Name: name, StartTime },
        StateMachine: { Id: stateMachineArn },
      });
      const sync = this.syncs.find((known) => known.name === context.sync.Name);
      if (sync === undefined) {
        throw new Error(`There is no sync ${context.sync.Name}`);
      }
      this.begin(context, sync);
    }
  }

  isRunning(arn: string): boolean {
    return this.executions.some(({ context, alive }) => alive && context.executionArn === arn);
  }

  /** Whether the latest of a run's executions is running, or the one before it, which may not be done with handing over. */
  isAtWork(run: string): boolean {
    const ofRun = this.executions.filter(({ context }) => context.run === run);
    const latest = Math.max(...ofRun.map(({ context }) => context.part));
    return ofRun.some(({ context, alive }) => alive && context.part >= latest - 1);
  }

  /** Lets an execution take some slices in the middle of another's operation. */
  async goOn(execution: Execution, { slices, changes }: Fault): Promise<void> {
    for (const change of changes) {
      this.change(change);
    }
    this.others = this.faults.without(async () => {
      for (let slice = 0; slice < slices && execution.alive; slice += 1) {
        await execution.step();
        this.tick();
        this.changeMeanwhile();
      }
    });
    await this.others;
  }

  /** Ascending. */
  nextNumber(): number {
    this.numbers += 1;
    return this.numbers;
  }

  /** The connector goes on meanwhile. */
  pass(seconds: number): void {
    this.listings.tick();
    this.transfers.move(this.step.pace * seconds);
    this.clock.advance(seconds);
  }

  /** What is stuck moves again. */
  unstick(): void {
    unstick(this.transfers.jobs);
  }

  deleteFromS3(path: string): void {
    this.watch.deletedFromS3(path);
    this.objects.delete(TARGET, this.prefix + path);
  }

  loseLedger(): void {
    this.watch.ledgerLost();
    for (const key of this.objects.keys(REPORTS, "ledger/")) {
      this.objects.delete(REPORTS, key);
    }
  }

  moveTarget(): void {
    this.prefixes.push(`${this.prefix}-moved`);
  }

  private begin(context: RunContext, sync: Sync): Execution {
    const { roundsPerExecution, pendingFiles } = this.options;
    const env = engineEnv({
      timeouts: {
        listing: LISTING_SECONDS,
        inDoubt: IN_DOUBT_SECONDS,
        transfer: TRANSFER_SECONDS,
        run: this.step.runSeconds,
      },
      roundsPerExecution,
      connectorLimits: { pendingFiles },
    });
    const execution = new Execution(this, context, sync, env);
    this.executions.push(execution);
    return execution;
  }

  live(): Execution[] {
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
    this.late.tick();
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
