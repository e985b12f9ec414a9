// The interpreter is written for Node.js 22 and needs this from it.
import "./promise-with-resolvers";
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

/** A deployed state machine. Tasks are dispatched by their Resource and parameters, as Step Functions does. */
export class StateMachine {
  readonly name: string;
  readonly arn: string;
  private readonly interpreter: Interpreter;
  private readonly tasks: ReadonlyMap<string, string>;

  /**
   * Whether the language allows the definition is not looked at: that would take half a second, and no definition of a server
   * can change it. A test of the stacks does.
   * @throws Error where a Task's Resource is nothing that this machine knows.
   */
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
    this.interpreter = new Interpreter(definition, { validationOptions: { noValidate: true } });
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
