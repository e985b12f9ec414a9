// The interpreter is written for Node.js 22 and needs this from it.
import "core-js/actual/promise/with-resolvers";
import { StateMachine as Interpreter } from "aws-local-stepfunctions";
import { adaptDefinition, WAIT_RESOURCE } from "./definition";
import { type AbortsAt, Execution } from "./execution";
import type { Integrations } from "./integrations";
import type { Json } from "./json";
import { checkPayload } from "./limits";
import { type Pause, realPause } from "./pause";

export interface StateMachineProps {
  readonly name: string;
  readonly arn: string;
  /** Amazon States Language as JSON, every reference resolved. */
  readonly definition: string;
  readonly integrations: Integrations;
  /** What Wait states do; waits in earnest by default. */
  readonly pause?: Pause;
  /** Replaces the pauses of every Retry. */
  readonly retryDelayMilliseconds?: number;
  /** Told the name of every state that is entered. */
  onState?(state: string): void;
  /** Aborts executions at boundaries of states; none by default. */
  readonly abortsAt?: AbortsAt | undefined;
}

/** Definitions that this process has seen to be valid: looking takes half a second each time. */
const VALID = new Set<string>();

/** A deployed state machine. Tasks are dispatched by their Resource and parameters, as Step Functions does. */
export class StateMachine {
  readonly name: string;
  readonly arn: string;
  private readonly interpreter: Interpreter;
  private readonly tasks: ReadonlyMap<string, string>;

  /** @throws Error where the definition is invalid, or a Task's Resource is nothing that this machine knows. */
  constructor(private readonly props: StateMachineProps) {
    const { definition, tasks } = adaptDefinition(props.definition);
    this.name = props.name;
    this.arn = props.arn;
    this.tasks = tasks;
    for (const [state, resource] of tasks) {
      if (resource !== WAIT_RESOURCE && !Object.hasOwn(props.integrations, resource)) {
        throw new Error(`The Task ${state} has the Resource ${resource}, which does not exist on this machine`);
      }
    }
    const noValidate = VALID.has(props.definition);
    this.interpreter = new Interpreter(definition, { validationOptions: { checkArn: false, noValidate } });
    VALID.add(props.definition);
  }

  executionArn(name: string): string {
    return `${this.arn.replace(":stateMachine:", ":execution:")}:${name}`;
  }

  /** @throws TerminalFailure where the input is too large to start with. */
  start(name: string, input: Json): Execution {
    checkPayload("The execution's input", input);
    const { integrations, pause = realPause(), retryDelayMilliseconds, onState, abortsAt } = this.props;
    return new Execution({
      interpreter: this.interpreter,
      tasks: this.tasks,
      integrations,
      pause,
      retryDelayMilliseconds,
      onState,
      abortsAt,
      input,
      context: {
        Execution: { Id: this.executionArn(name), Name: name },
        StateMachine: { Id: this.arn, Name: this.name },
      },
    });
  }
}
