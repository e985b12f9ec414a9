import { createHash } from "node:crypto";
import { createWriteStream, mkdirSync, type WriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { GetFunctionCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import * as z from "zod";
import type { FunctionConfig, Platform } from "../../../local/lambda/function-config";
import { LocalFunction } from "../../../local/lambda/local-function";

export interface DeployedFunctionsOptions {
  /** Receives code and logs. */
  readonly folder: string;
  /** Where the functions are deployed. */
  readonly lambda: LambdaClient;
  readonly platform: () => Platform;
}

/** What is needed of GetFunction's answer. The runtime in `local/lambda` is Node.js' and calls `handler` of a module. */
const configurationSchema = z.object({
  FunctionName: z.string(),
  FunctionArn: z.string(),
  Handler: z.string().endsWith(".handler"),
  Runtime: z.string().startsWith("nodejs"),
  CodeSha256: z.string(),
  Timeout: z.number(),
  MemorySize: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

/** Runs the functions that are deployed at the moment of the invocation: their code, environment and limits. */
export class DeployedFunctions {
  private readonly options: DeployedFunctionsOptions;
  /** One for each state of deployment, by all that makes it. */
  private readonly running = new Map<string, LocalFunction>();
  private readonly logs: WriteStream[] = [];

  constructor(options: DeployedFunctionsOptions) {
    this.options = options;
    mkdirSync(options.folder, { recursive: true });
  }

  /** Keeps code that is being deployed: the emulator does not give it out again. */
  keep(zip: Uint8Array): void {
    const sha256 = createHash("sha256").update(zip).digest("base64");
    writeFileSync(this.zipPath(sha256), zip);
  }

  /**
   * @param nameOrArn an ARN may carry the qualifier `$LATEST`.
   * @throws FunctionFailed, LambdaServiceFailed
   */
  async invoke(nameOrArn: string, event: unknown): Promise<unknown> {
    const config = await this.config(nameOrArn.replace(/:\$LATEST$/, ""));
    const deployed = JSON.stringify(config);
    const running = this.running.get(deployed) ?? this.start(config);
    this.running.set(deployed, running);
    return running.invoke(event);
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map((running) => running.close()));
    for (const log of this.logs) {
      log.end();
      await finished(log);
    }
  }

  private async config(nameOrArn: string): Promise<FunctionConfig> {
    const { Configuration } = await this.options.lambda.send(new GetFunctionCommand({ FunctionName: nameOrArn }));
    const { FunctionName, FunctionArn, Handler, CodeSha256, Timeout, MemorySize, Environment } =
      configurationSchema.parse(Configuration);
    return {
      name: FunctionName,
      arn: FunctionArn,
      zipPath: this.zipPath(CodeSha256),
      handler: Handler,
      environment: Environment.Variables,
      timeoutSeconds: Timeout,
      memoryMegabytes: MemorySize,
    };
  }

  private start(config: FunctionConfig): LocalFunction {
    const { folder, platform } = this.options;
    const log = createWriteStream(join(folder, `${config.name}.log`), { flags: "a" });
    log.setMaxListeners(0); // Two streams of every sandbox there ever was.
    this.logs.push(log);
    return new LocalFunction({ config, platform: platform(), codeFolder: join(folder, "code"), log });
  }

  /** By the hash under which Lambda shows the code: where the two differ, there is no such file. */
  private zipPath(sha256: string): string {
    return join(this.options.folder, `${Buffer.from(sha256, "base64").toString("hex")}.zip`);
  }
}
