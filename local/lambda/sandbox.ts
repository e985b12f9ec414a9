import { join } from "node:path";
import type { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { errorCode } from "../../config/error-code";
import { type FunctionConfig, functionEnvironment, moduleOf, type Platform } from "./function-config";
import { type Answer, answerSchema, type Invocation, type LambdaError, LOADED } from "./invocation";

/** V8 would let it grow to 48, in each thread, for no measurable gain; with 2, a tenth of the processor time is the collector's. */
const YOUNG_MEGABYTES = 8;

/**
 * One execution environment of a function: a worker thread with the function's environment only. It stays warm between
 * invocations and takes one at a time, like Lambda's own.
 */
export class Sandbox {
  private readonly worker: Worker;
  private settle: ((answer: Answer) => void) | undefined;
  /** What it died of. */
  private death: LambdaError | undefined;
  private stopWaiting = () => {};
  /** Resolves once the function's module is loaded, or cannot be: an invocation tells. */
  readonly loaded = new Promise<void>((resolve) => {
    this.stopWaiting = resolve;
  });

  constructor(folder: string, config: FunctionConfig, platform: Platform) {
    this.worker = new Worker(join(__dirname, "bootstrap.mjs"), {
      env: functionEnvironment(config, platform),
      workerData: { moduleUrl: pathToFileURL(join(folder, `${moduleOf(config)}.mjs`)).href },
      // Nothing of this process's own flags and loaders.
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: config.memoryMegabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    this.worker.on("message", (message) => {
      if (message === LOADED) {
        this.stopWaiting();
      } else {
        this.answer(answerSchema.parse(message));
      }
    });
    this.worker.on("error", (error) => this.die(crash(error)));
    this.worker.on("exit", (code) => this.die(exited(`exit status ${code}`)));
  }

  get dead(): boolean {
    return this.death !== undefined;
  }

  /** What the function prints from now on goes there, and nowhere else; without a log it waits for the next one. */
  printTo(log: Writable | undefined): void {
    for (const stream of [this.worker.stdout, this.worker.stderr]) {
      stream.unpipe();
      if (log !== undefined) {
        stream.pipe(log, { end: false });
      }
    }
  }

  /** Runs the handler; at the deadline the worker is stopped. */
  async invoke(invocation: Invocation, timeoutSeconds: number): Promise<Answer> {
    if (this.death !== undefined) {
      return { error: this.death };
    }
    const milliseconds = invocation.deadline - Date.now();
    const timer = setTimeout(() => {
      const errorMessage = `RequestId: ${invocation.requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      this.die({ errorType: "Sandbox.Timedout", errorMessage });
    }, milliseconds);
    try {
      return await new Promise<Answer>((resolve) => {
        this.settle = resolve;
        this.worker.postMessage(invocation);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param how is what the error of the invocation under way says. */
  async close(how = "the sandbox was closed"): Promise<void> {
    this.die(exited(how));
    await this.worker.terminate();
  }

  private answer(answer: Answer): void {
    this.settle?.(answer);
    this.settle = undefined;
  }

  private die(error: LambdaError): void {
    if (this.death === undefined) {
      this.death = error;
      this.stopWaiting();
      void this.worker.terminate();
    }
    this.answer({ error });
  }
}

function exited(how: string): LambdaError {
  return { errorType: "Runtime.ExitError", errorMessage: `Error: Runtime exited with error: ${how}` };
}

function crash(error: unknown): LambdaError {
  if (errorCode(error) === "ERR_WORKER_OUT_OF_MEMORY") {
    return { errorType: "Runtime.OutOfMemory", errorMessage: "Error: Runtime exited with error: signal: killed" };
  }
  return exited(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
