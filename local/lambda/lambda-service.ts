import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { inParallel } from "../../config/in-parallel";
import type { FunctionConfig, Platform } from "./function-config";
import { LambdaServiceFailed } from "./invocation";
import { LocalFunction } from "./local-function";
import type { WarmSandboxes } from "./warm-sandboxes";

export interface LambdaServiceProps {
  readonly functions: readonly FunctionConfig[];
  readonly platform: Platform;
  /** Where zips are unpacked. */
  readonly codeFolder: string;
  /** Receives one log file per function, of this service only: those of earlier ones are overwritten. */
  readonly logFolder: string;
  /** Holds sandboxes of earlier services, and gets those that this one leaves idle; without it, they are closed. */
  readonly warm?: WarmSandboxes | undefined;
}

/** The functions of an account, by name or ARN. */
export class LambdaService {
  private readonly functions = new Map<string, LocalFunction>();
  private readonly logs: WriteStream[] = [];

  constructor({ functions, platform, codeFolder, logFolder, warm }: LambdaServiceProps) {
    mkdirSync(logFolder, { recursive: true });
    for (const config of functions) {
      const log = createWriteStream(join(logFolder, `${config.name}.log`));
      log.setMaxListeners(0); // Two streams of every sandbox there ever was.
      log.on("error", () => undefined); // A full disk ends no invocation; close() tells of it.
      const local = new LocalFunction({ config, platform, codeFolder, log, warm });
      this.logs.push(log);
      this.functions.set(config.name, local).set(config.arn, local);
    }
  }

  /**
   * @param nameOrArn an ARN may carry the qualifier `$LATEST`.
   * @throws FunctionFailed, LambdaServiceFailed
   */
  async invoke(nameOrArn: string, event: unknown): Promise<unknown> {
    const found = this.functions.get(nameOrArn.replace(/:\$LATEST$/, ""));
    if (found === undefined) {
      throw new LambdaServiceFailed("Lambda.ResourceNotFoundException", `Function not found: ${nameOrArn}`);
    }
    return found.invoke(event);
  }

  /** Kills the invocations of a function that are under way. */
  async crash(name: string): Promise<void> {
    await this.functions.get(name)?.crash();
  }

  /**
   * Starts a sandbox for each of these functions, so that their first invocations need not wait for it. Loading keeps a processor
   * busy: as many load at a time as there are processors, so that the first named is the first ready.
   */
  async warmUp(names: readonly string[]): Promise<void> {
    await inParallel(names, availableParallelism(), async (name) => this.functions.get(name)?.warmUp());
  }

  /** @throws where a log could not be written. */
  async close(): Promise<void> {
    await Promise.all([...new Set(this.functions.values())].map((local) => local.close()));
    await Promise.all(
      this.logs.map(async (log) => {
        log.end();
        await finished(log);
      }),
    );
  }
}
