import { z } from "zod";
import { type JsonService, parseInput, ServiceError } from "../json-service";
import type { Execution, ExecutionResult } from "./execution";
import type { Json } from "./json";
import type { StateMachine } from "./state-machine";

interface Entry {
  readonly machine: StateMachine;
  readonly name: string;
  readonly input: Json;
  readonly startedAt: Date;
  result?: ExecutionResult;
  stoppedAt?: Date;
}

const describeSchema = z.object({ executionArn: z.string().min(1) });

/** The executions of this process, as Step Functions knows them. */
export class Executions {
  readonly #entries = new Map<string, Entry>();

  /** @throws Error where a name is used twice, as Step Functions refuses it. */
  start(machine: StateMachine, name: string, input: Json): Execution {
    const arn = machine.executionArn(name);
    if (this.#entries.has(arn)) {
      throw new Error(`ExecutionAlreadyExists: ${arn}`);
    }
    const execution = machine.start(name, input);
    const entry: Entry = { machine, name, input, startedAt: new Date() };
    this.#entries.set(arn, entry);
    void execution.result.then((result) => {
      entry.result = result;
      entry.stoppedAt = new Date();
    });
    return execution;
  }

  /** For the local AWS endpoint, under `AWSStepFunctions`. */
  service(): JsonService {
    return {
      DescribeExecution: (input) => {
        const { executionArn } = parseInput(describeSchema, input, "InvalidArn");
        const entry = this.#entries.get(executionArn);
        if (entry === undefined) {
          throw new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${executionArn}'`);
        }
        return description(executionArn, entry);
      },
    };
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
