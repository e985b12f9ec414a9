import { randomUUID } from "node:crypto";
import type { Writable } from "node:stream";
import { type FunctionConfig, functionEnvironment, type Platform } from "./function-config";
import { FunctionFailed, type Invocation, LambdaServiceFailed } from "./invocation";
import { Sandbox } from "./sandbox";
import { unpackFunction } from "./unpack";
import type { WarmSandboxes } from "./warm-sandboxes";

/** Lambda's limit for the request and for the response of one invocation (Lambda quotas). */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

export interface LocalFunctionProps {
  readonly config: FunctionConfig;
  readonly platform: Platform;
  /** Where zips are unpacked. */
  readonly codeFolder: string;
  /** Takes what the function prints, as its log group would. */
  readonly log: Writable;
  /** Sandboxes that may be taken, and to which those that are idle go in the end. */
  readonly warm?: WarmSandboxes | undefined;
}

/** A function with its warm sandboxes: as many as invocations that were ever under way at the same time. */
export class LocalFunction {
  private readonly idle: Sandbox[] = [];
  private readonly all = new Set<Sandbox>();
  private folder: Promise<string> | undefined;
  /** The one that is to be warm: an invocation waits for it instead of starting another. */
  private starting: Promise<unknown> | undefined;
  private closed = false;

  constructor(private readonly props: LocalFunctionProps) {}

  get config(): FunctionConfig {
    return this.props.config;
  }

  /**
   * @returns the handler's result.
   * @throws FunctionFailed with Lambda's errorType as its name.
   */
  async invoke(event: unknown): Promise<unknown> {
    const json = JSON.stringify(event);
    if (Buffer.byteLength(json) > MAX_PAYLOAD_BYTES) {
      const message = `Request must be smaller than ${MAX_PAYLOAD_BYTES} bytes for the InvokeFunction operation`;
      throw new LambdaServiceFailed("Lambda.RequestTooLargeException", message);
    }
    if (this.starting !== undefined) {
      await this.starting;
    }
    const sandbox = await this.sandbox();
    const { config, log } = this.props;
    const invocation = this.invocation(json);
    const started = performance.now();
    log.write(`START RequestId: ${invocation.requestId} Version: $LATEST\n`);
    const answer = await sandbox.invoke(invocation, config.timeoutSeconds);
    const duration = (performance.now() - started).toFixed(2);
    if (sandbox.dead) {
      this.all.delete(sandbox);
    } else {
      this.idle.push(sandbox);
    }
    if ("error" in answer) {
      log.write(`${JSON.stringify(answer.error)}\n`);
    }
    log.write(`REPORT RequestId: ${invocation.requestId} Duration: ${duration} ms\n`);
    if ("error" in answer) {
      throw new FunctionFailed(answer.error);
    }
    return parseResult(answer.result);
  }

  /** Starts a sandbox before it is needed, as provisioned concurrency does, and waits until it has loaded the function. */
  async warmUp(): Promise<void> {
    if (this.closed || this.all.size > 0 || this.starting !== undefined) {
      return;
    }
    const starting = this.sandbox();
    this.starting = starting
      .then((sandbox) => this.idle.push(sandbox))
      .catch(() => undefined)
      .finally(() => {
        this.starting = undefined;
      });
    await (await starting).loaded;
  }

  /** Kills what is under way, as a defect in the runtime would; the next invocation finds a new sandbox. */
  async crash(): Promise<void> {
    await Promise.all([...this.all].map((sandbox) => sandbox.close("signal: killed")));
  }

  /** Stops every sandbox but those that stay warm; what was under way fails. */
  async close(): Promise<void> {
    this.closed = true;
    await this.folder?.catch(() => undefined); // Nothing is written any more where zips are unpacked.
    await Promise.all([...this.all].map((sandbox) => this.leave(sandbox)));
  }

  private async leave(sandbox: Sandbox): Promise<void> {
    const { warm } = this.props;
    if (warm === undefined || this.folder === undefined || sandbox.dead || !this.idle.includes(sandbox)) {
      await sandbox.close();
      return;
    }
    sandbox.printTo(undefined);
    await warm.keep(this.origin(await this.folder), sandbox);
  }

  /** All that a sandbox was made of. */
  private origin(folder: string): string {
    const { config, platform } = this.props;
    return JSON.stringify([folder, config.handler, config.memoryMegabytes, functionEnvironment(config, platform)]);
  }

  private async sandbox(): Promise<Sandbox> {
    let idle = this.idle.pop();
    while (idle?.dead) {
      this.all.delete(idle);
      idle = this.idle.pop();
    }
    if (idle !== undefined) {
      return idle;
    }
    const { config, platform, codeFolder, log, warm } = this.props;
    this.folder ??= unpackFunction(config.zipPath, codeFolder);
    const folder = await this.folder;
    if (this.closed) {
      throw new FunctionFailed({ errorType: "Runtime.ExitError", errorMessage: "the function is closed" });
    }
    const sandbox = warm?.take(this.origin(folder)) ?? new Sandbox(folder, config, platform);
    sandbox.printTo(log);
    this.all.add(sandbox);
    return sandbox;
  }

  private invocation(event: string): Invocation {
    const { name, arn, memoryMegabytes, timeoutSeconds } = this.props.config;
    const seconds = Math.floor(Date.now() / 1000).toString(16);
    return {
      requestId: randomUUID(),
      functionName: name,
      functionArn: arn,
      memoryMegabytes,
      deadline: Date.now() + timeoutSeconds * 1000,
      traceId: `Root=1-${seconds}-${randomUUID().replaceAll("-", "").slice(0, 24)};Sampled=0`,
      event,
    };
  }
}

function parseResult(json: string): unknown {
  const bytes = Buffer.byteLength(json);
  if (bytes > MAX_PAYLOAD_BYTES) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`;
    throw new FunctionFailed({ errorType: "Function.ResponseSizeTooLarge", errorMessage });
  }
  return JSON.parse(json);
}
