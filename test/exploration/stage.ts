import { timeoutsSchema } from "../../contract/engine-settings";
import type { Execution } from "../property/world/execution";
import type { Gate, Invocation } from "../property/world/invocation";
import { type Change, type Fault, type Operation, QUIET_STEP } from "../property/world/scenario";
import { World } from "../property/world/world";
import type { Choose } from "./explore";
import { Names } from "./names";
import { type Plan, WAYS } from "./plan";
import { hash, stateOf } from "./state";
import { faultsOf } from "./strikes";
import { Thread } from "./thread";

interface Option {
  readonly text: string;
  happen(): void;
}

/** How long a function lives at most; `timeouts.inDoubt` is longer, so that nothing in doubt is sent by one that sleeps. */
const LAMBDA_SECONDS = timeoutsSchema.parse({}).lambda;

/** A play with more choices will never end. */
const MAX_CHOICES = 5000;

const ON_OBJECTS: readonly Operation[] = ["read", "write", "remove", "head", "list"];

/**
 * Whether a change just before the next call may make a difference: it asks for what the partner changes, or for what a
 * consumer takes, or it is an invocation's first. A move of the connector, which comes between slices, asks too.
 */
function meetsChanges({ waiting: [call], hasCalled }: Thread): boolean {
  return call !== undefined && (!hasCalled || ["startListing", "head", "list"].includes(call.operation));
}

/** Nothing but microtasks stands between two calls. */
const nextCalls = () => new Promise((resolve) => setImmediate(resolve));

/** Plays a plan in the simulated world, call by call, and leaves every choice to others. */
export class Stage implements Gate {
  readonly world: World;
  /** What has happened, in words. */
  readonly trace: string[] = [];
  private readonly names = new Names();
  private threads: Thread[] = [];
  /** By execution, the function that the state machine waits for. */
  private readonly awaited = new Map<Execution, Thread>();
  private starting: Thread | undefined;
  private last: Thread | undefined;
  /** Listings and files arrive before anybody goes on. */
  private isMoveDue = false;
  private act = 0;
  private strikes: number;
  private changes: readonly Change[];

  constructor(
    private readonly plan: Plan,
    private readonly choose: Choose,
    /** Called when an execution has ended. */
    private readonly ended: (world: World, execution: Execution) => void,
  ) {
    this.world = new World(plan.options);
    this.strikes = plan.strikes;
    this.changes = plan.meanwhile;
  }

  /** Until everything has ended. */
  async play(): Promise<void> {
    const { world, plan } = this;
    for (const change of plan.tree) {
      world.change(change);
    }
    world.gate = this;
    let choices = 0;
    for (let options = await this.next(); options.length > 0; options = await this.next()) {
      choices += 1;
      if (choices > MAX_CHOICES) {
        throw new Error(`The executions do not end within ${MAX_CHOICES} calls`);
      }
      this.take(options);
    }
    while (this.changes.length > 0) {
      this.changeNext();
    }
    this.choose(1, () => this.state());
    world.gate = undefined;
  }

  pass<T>(invocation: Invocation, operation: Operation, make: (fault: Fault | undefined) => Promise<T>): Promise<T> {
    const thread = this.threadOf(invocation);
    return operation === "slice" ? make(undefined) : this.passCall(thread, operation, make);
  }

  private async passCall<T>(
    thread: Thread,
    operation: Operation,
    make: (fault: Fault | undefined) => Promise<T>,
  ): Promise<T> {
    const fault = await new Promise<Fault | undefined>((release) => {
      thread.waiting.push({ operation, release });
    });
    try {
      const answer = await make(fault);
      this.hear(thread, operation, answer);
      return answer;
    } catch (error) {
      thread.heard.push(String(error));
      throw error;
    } finally {
      const key = ON_OBJECTS.includes(operation) ? (this.world.objects.requests.at(-1)?.key ?? "") : "";
      this.trace.push(`${thread.name}: ${operation} ${key}`);
    }
  }

  private hear(thread: Thread, operation: Operation, answer: unknown): void {
    const { world, names } = this;
    const owner = thread.execution.context.executionArn;
    const text = JSON.stringify(answer) ?? "";
    names.learn(owner, text);
    thread.heard.push(world.clock.now().toISOString());
    if (operation === "write" && typeof answer === "string") {
      const { bucket, key } = world.objects.requests.at(-1) ?? { bucket: "", key: "" };
      names.learn(owner, `${key} ${world.objects.text(bucket, key)}`);
      names.written(key, answer);
      thread.heard.push(names.version(answer));
    } else if (typeof answer === "object" && answer !== null && "etag" in answer) {
      thread.heard.push(names.of(JSON.stringify({ ...answer, etag: names.version(String(answer.etag)) })));
    } else {
      thread.heard.push(names.of(text));
    }
  }

  private threadOf(invocation: Invocation): Thread {
    const thread = this.threads.find((known) => known.invocation === invocation) ?? this.starting;
    if (thread === undefined) {
      throw new Error("A function runs that nobody has invoked");
    }
    thread.invocation = invocation;
    return thread;
  }

  /** Everybody comes to the next call. @returns what may happen then; nothing, once everything has ended. */
  private async next(): Promise<Option[]> {
    for (let isMoving = true; isMoving; ) {
      await nextCalls();
      isMoving = this.settle();
    }
    return this.options();
  }

  /** @returns whether something has ended or begun. */
  private settle(): boolean {
    const ended = this.threads.filter(({ hasEnded }) => hasEnded);
    if (ended.length > 0 && this.canMove()) {
      this.isMoveDue = true;
      return false;
    }
    this.threads = this.threads.filter((thread) => !thread.hasEnded && !this.isOver(thread));
    for (const thread of ended) {
      if (!thread.execution.alive && this.awaited.get(thread.execution) === thread) {
        this.ended(this.world, thread.execution);
      }
    }
    if (this.world.live().length === 0) {
      this.begin();
    }
    const idle = this.world.live().filter((execution) => this.awaited.get(execution)?.hasEnded !== false);
    for (const execution of idle) {
      this.invoke(execution);
    }
    return ended.length > 0 || idle.length > 0;
  }

  /** Nobody waits for it any more, and Lambda has ended it. */
  private isOver(thread: Thread): boolean {
    const isAwaited = thread.execution.alive && this.awaited.get(thread.execution) === thread;
    return !isAwaited && thread.hasOutlived(LAMBDA_SECONDS, this.world.clock.now());
  }

  /** The next act. */
  private begin(): void {
    const { changes = [], starts = [] } = this.plan.acts[this.act] ?? {};
    this.act += 1;
    for (const change of changes) {
      this.trace.push(JSON.stringify(change));
      this.world.change(change);
    }
    for (const start of starts) {
      this.world.launch(start);
    }
  }

  private invoke(execution: Execution): void {
    const thread = new Thread(execution, this.world.clock.now());
    this.threads.push(thread);
    this.awaited.set(execution, thread);
    this.starting = thread;
    void execution.step().finally(() => {
      thread.hasEnded = true;
    });
    this.starting = undefined;
  }

  private take(options: readonly Option[]): void {
    const index = options.length === 1 ? 0 : this.choose(options.length, () => this.state());
    const option = options[index];
    if (option === undefined) {
      throw new Error(`There is no option ${index} of ${options.length}`);
    }
    if (option.text !== "") {
      this.trace.push(option.text);
    }
    option.happen();
  }

  /** The first: whoever was at work goes on. */
  private options(): Option[] {
    const waiting = this.threads.filter((thread) => thread.waiting.length > 0);
    const inOrder = waiting.sort((a, b) => Number(b === this.last) - Number(a === this.last));
    const partner =
      this.changes.length > 0 ? [{ text: "", happen: () => this.interfere(() => this.changeNext()) }] : [];
    const connector = { text: "the connector moves", happen: () => this.interfere(() => this.moveConnector()) };
    if (this.isMoveDue) {
      return [connector, ...partner];
    }
    return [
      ...inOrder.map((thread) => ({ text: "", happen: () => this.goOn(thread, undefined) })),
      ...(this.strikes > 0 ? inOrder.flatMap((thread) => this.strikesAt(thread)) : []),
      ...(inOrder.length > 0 && this.plan.eagerConnector && this.canMove() ? [connector] : []),
      ...(inOrder.some(meetsChanges) ? partner : []),
    ];
  }

  private strikesAt(thread: Thread): Option[] {
    const [call] = thread.waiting;
    if (call === undefined || this.awaited.get(thread.execution) !== thread) {
      return [];
    }
    return this.plan.ways.flatMap((way) => {
      const text = `${thread.name} ${WAYS[way]}: ${call.operation}`;
      const strike = (what: string, happen: () => void): Option => ({
        text: what,
        happen: () => {
          this.strikes -= 1;
          happen();
        },
      });
      switch (way) {
        case "abandoned":
          return [strike(text, () => this.abandon(thread))];
        case "doubled":
          return [strike(text, () => this.double(thread))];
        default:
          return faultsOf(way, call.operation, !thread.hasCalled).map((fault) =>
            strike(`${text} (${fault.moment})`, () => this.goOn(thread, fault)),
          );
      }
    });
  }

  private abandon(thread: Thread): void {
    this.strike(thread);
    thread.execution.kill();
  }

  private double(thread: Thread): void {
    this.strike(thread);
    this.invoke(thread.execution);
  }

  private strike({ invocation }: Thread): void {
    if (invocation !== undefined) {
      this.world.watch.struck(invocation);
    }
    this.interfere(() => {});
  }

  private goOn(thread: Thread, fault: Fault | undefined): void {
    if (this.last !== thread) {
      this.interfere(() => {});
    }
    this.last = thread;
    thread.goOn(fault);
  }

  /** Whoever is at work is not alone any more. */
  private interfere(happen: () => void): void {
    this.world.turn += 1;
    happen();
  }

  private changeNext(): void {
    const [change] = this.changes;
    if (change !== undefined) {
      this.changes = this.changes.slice(1);
      this.trace.push(JSON.stringify(change));
      this.world.change(change);
    }
  }

  private canMove(): boolean {
    return this.world.listings.pending.length > 0 || this.world.transfers.queued > 0;
  }

  private moveConnector(): void {
    this.isMoveDue = false;
    this.world.listings.tick();
    this.world.transfers.move(QUIET_STEP.pace);
  }

  private state(): string {
    const { act, strikes, changes } = this;
    const threads = this.threads.map((thread) => [
      thread.name,
      thread.waiting.map(({ operation }) => operation),
      hash(thread.heard.join("\n")),
      this.awaited.get(thread.execution) === thread,
    ]);
    return hash(JSON.stringify([act, strikes, changes.length, threads.sort(), stateOf(this.world, this.names)]));
  }
}
