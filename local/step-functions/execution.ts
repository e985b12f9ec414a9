import { setImmediate as turn } from "node:timers/promises";
import { ExecutionError, ExecutionTimeoutError, type StateMachine as Interpreter } from "aws-local-stepfunctions";
import { WAIT_RESOURCE } from "./definition";
import type { Integrations } from "./integrations";
import { type Json, jsonSchema } from "./json";
import { checkPayload, History } from "./limits";
import { type Pause, waitSeconds } from "./pause";

/** How an execution ended. */
export type ExecutionResult =
  | { readonly status: "SUCCEEDED"; readonly output: Json; readonly historyEvents: number }
  | {
      readonly status: "FAILED" | "TIMED_OUT" | "ABORTED";
      readonly error: { readonly name: string; readonly cause: string };
      readonly historyEvents: number;
    };

/** A state's two boundaries. */
export type Boundary = "entering" | "leaving";

/** Says at each boundary whether the execution is aborted there. */
export type AbortsAt = (state: string, boundary: Boundary) => boolean;

export interface ExecutionProps {
  readonly interpreter: Interpreter;
  /** The Resource of every Task, by the state's name. */
  readonly tasks: ReadonlyMap<string, string>;
  readonly integrations: Integrations;
  readonly pause: Pause;
  /** Replaces the pauses of every Retry. */
  readonly retryDelayMilliseconds: number | undefined;
  readonly input: Json;
  /** Told the name of every state that is entered. */
  readonly onState: ((state: string) => void) | undefined;
  readonly abortsAt: AbortsAt | undefined;
  /** `$$`, without what the interpreter fills in. */
  readonly context: { readonly Execution: Readonly<Record<string, Json>>; readonly [name: string]: unknown };
}

type Events = ReturnType<Interpreter["run"]>["eventLogs"];
type Event = Events extends AsyncGenerator<infer T> ? T : never;

/** One execution of a state machine: runs it in the interpreter and holds it to the service's limits. */
export class Execution {
  readonly result: Promise<ExecutionResult>;
  private readonly history = new History();
  private readonly stop = new AbortController();
  /** The limit that the execution broke, or where it was aborted; it ends whatever the interpreter makes of it. */
  private broken: Error | undefined;

  constructor(private readonly props: ExecutionProps) {
    this.result = this.run();
  }

  abort(): void {
    this.stop.abort();
  }

  private async run(): Promise<ExecutionResult> {
    const { interpreter, input, context, tasks, retryDelayMilliseconds } = this.props;
    const handlers = [...tasks].map(([state, resource]) => [state, (value: Json) => this.task(resource, value)]);
    const delays = [...tasks.keys()].flatMap((state) =>
      retryDelayMilliseconds === undefined ? [] : [[state, retryDelayMilliseconds] as const],
    );
    const run = interpreter.run(input, {
      context: { ...context, Execution: { ...context.Execution } },
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(handlers),
        retryIntervalOverrides: Object.fromEntries(delays),
      },
    });
    this.stop.signal.addEventListener("abort", run.abort, { once: true });
    if (this.stop.signal.aborted) {
      run.abort();
    }
    const ended = run.result.then(
      (output) => () => this.succeeded(output),
      (error: unknown) => () => this.failed(error),
    );
    for await (const event of run.eventLogs) {
      this.observe(event, run.abort);
    }
    const result = await ended;
    return this.broken === undefined ? result() : this.failed(this.broken);
  }

  /** Runs one attempt of a Task, by its Resource. */
  private async task(resource: string, parameters: Json): Promise<Json> {
    // Lets the events up to here be observed, so that nothing starts beyond a limit.
    await turn();
    if (this.broken !== undefined || this.stop.signal.aborted) {
      throw this.broken ?? new Error("The execution was aborted");
    }
    if (resource === WAIT_RESOURCE) {
      await this.props.pause(waitSeconds(parameters, new Date()), this.stop.signal);
      return null;
    }
    const integration = this.props.integrations[resource];
    if (integration === undefined) {
      throw new Error(`No integration for the Resource ${resource}`);
    }
    this.history.addAttempt();
    checkPayload("The state/task's input", parameters);
    const result = await integration(parameters);
    checkPayload("The state/task returned a result that", result);
    return result;
  }

  private observe(event: Event, abort: () => void): void {
    if (this.broken !== undefined) {
      return;
    }
    try {
      if (event.type !== "StateFailed" && event.type !== "StateRetried" && event.type !== "StateCaught") {
        this.history.add();
      }
      if (event.type === "StateEntered") {
        this.props.onState?.(event.state.name);
        this.abortIfDue(event.state.name, "entering");
      }
      if (event.type === "StateExited") {
        checkPayload(`The output of the state '${event.state.name}'`, event.state.output ?? null);
        this.abortIfDue(event.state.name, "leaving");
      }
    } catch (error) {
      this.broken ??= error instanceof Error ? error : new Error(String(error));
      abort();
    }
  }

  private abortIfDue(state: string, boundary: Boundary): void {
    if (this.props.abortsAt?.(state, boundary)) {
      this.stop.abort();
      throw new Error(`The execution was aborted ${boundary} the state '${state}'`);
    }
  }

  private succeeded(output: unknown): ExecutionResult {
    return { status: "SUCCEEDED", output: jsonSchema.parse(output), historyEvents: this.history.events };
  }

  private failed(error: unknown): ExecutionResult {
    const historyEvents = this.history.events;
    if (error instanceof ExecutionTimeoutError) {
      return { status: "TIMED_OUT", error: { name: "States.Timeout", cause: "" }, historyEvents };
    }
    if (this.stop.signal.aborted) {
      return { status: "ABORTED", error: { name: "Aborted", cause: "The execution was aborted" }, historyEvents };
    }
    const cause = error instanceof ExecutionError ? error.cause : error;
    const known =
      cause instanceof Error ? { name: cause.name, cause: cause.message } : { name: "Error", cause: String(cause) };
    return { status: "FAILED", error: known, historyEvents };
  }
}
