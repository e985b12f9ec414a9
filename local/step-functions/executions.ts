import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { type JsonService, parseInput, ServiceError } from "../endpoint/json-service";
import type { Execution, ExecutionResult } from "./execution";
import { type Json, jsonSchema } from "./json";
import type { StateMachine } from "./state-machine";

interface Entry {
  readonly machine: StateMachine;
  readonly name: string;
  readonly input: Json;
  readonly startedAt: Date;
  readonly execution: Execution;
  result?: ExecutionResult;
  stoppedAt?: Date;
}

const describeSchema = z.object({ executionArn: z.string().min(1) });

const startSchema = z.object({
  stateMachineArn: z.string().min(1),
  name: z.string().regex(/^[\w-]{1,80}$/),
  input: z.string().default("{}"),
});

/** The state machines and executions of this process, as Step Functions knows them. */
export class Executions {
  private readonly machines = new Map<string, StateMachine>();
  private readonly entries = new Map<string, Entry>();

  /** Makes a state machine known under its ARN, in the place of one before it. */
  deploy(machine: StateMachine): void {
    this.machines.set(machine.arn, machine);
  }

  /**
   * Starts an execution; asked again for one that runs, with the same input, gives that one (StartExecution is idempotent).
   * @throws ServiceError where the name was used otherwise.
   */
  start(machine: StateMachine, name: string, input: Json): Execution {
    return this.startEntry(machine, name, input).execution;
  }

  private startEntry(machine: StateMachine, name: string, input: Json): Entry {
    const arn = machine.executionArn(name);
    const before = this.entries.get(arn);
    if (before !== undefined) {
      if (before.result === undefined && isDeepStrictEqual(before.input, input)) {
        return before;
      }
      throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);
    }
    const execution = machine.start(name, input);
    const entry: Entry = { machine, name, input, startedAt: new Date(), execution };
    this.entries.set(arn, entry);
    void execution.result.then((result) => {
      entry.result = result;
      entry.stoppedAt = new Date();
    });
    return entry;
  }

  /**
   * Waits until all have ended, those too that are started meanwhile.
   * @returns how the last one ended; `undefined` where there was none.
   */
  async settled(): Promise<ExecutionResult | undefined> {
    let last: ExecutionResult | undefined;
    for (const { execution } of this.entries.values()) {
      last = await execution.result;
    }
    return last;
  }

  /** Aborts all that are running. */
  abort(): void {
    for (const { execution } of this.entries.values()) {
      execution.abort();
    }
  }

  /** For the local AWS endpoint, under `AWSStepFunctions`. */
  service(): JsonService {
    return {
      StartExecution: (request) => {
        const { stateMachineArn, name, input } = parseInput(startSchema, request, "ValidationException");
        const machine = this.machines.get(stateMachineArn);
        if (machine === undefined) {
          throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${stateMachineArn}'`);
        }
        const { startedAt } = this.startEntry(machine, name, parseJson(input));
        return { executionArn: machine.executionArn(name), startDate: startedAt.getTime() / 1000 };
      },
      DescribeExecution: (request) => {
        const { executionArn } = parseInput(describeSchema, request, "InvalidArn");
        const entry = this.entries.get(executionArn);
        if (entry === undefined) {
          throw new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${executionArn}'`);
        }
        return description(executionArn, entry);
      },
    };
  }
}

function parseJson(text: string): Json {
  try {
    return jsonSchema.parse(JSON.parse(text));
  } catch {
    throw new ServiceError("InvalidExecutionInput", "Invalid State Machine Execution Input: it is not JSON");
  }
}

function description(executionArn: string, { machine, name, input, startedAt, result, stoppedAt }: Entry): object {
  return {
    executionArn,
    stateMachineArn: machine.arn,
    name,
    status: result?.status ?? "RUNNING",
    startDate: startedAt.getTime() / 1000,
    input: JSON.stringify(input),
    ...(stoppedAt === undefined ? {} : { stopDate: stoppedAt.getTime() / 1000 }),
    ...(result?.status === "SUCCEEDED" ? { output: JSON.stringify(result.output) } : {}),
    ...(result === undefined || result.status === "SUCCEEDED"
      ? {}
      : { error: result.error.name, cause: result.error.cause }),
  };
}
