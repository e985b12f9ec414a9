import * as z from "zod";
import { RUNS_PREFIX } from "../../contract/layout";
import type { SyncDefinition } from "../../contract/model";
import { type Report, reportSchema } from "../../engine/report";
import { type FunctionConfig, moduleOf } from "../../local/lambda/function-config";
import { FunctionFailed, LambdaServiceFailed } from "../../local/lambda/invocation";
import { startInput } from "../../local/runner/start-event";
import { LAMBDA_INVOKE, lambdaInvoke, SNS_PUBLISH, snsPublish } from "../../local/step-functions/integrations";
import { type Json, jsonSchema } from "../../local/step-functions/json";
import { StateMachine } from "../../local/step-functions/state-machine";
import type { SimulatedDeployment } from "./deployment";
import type { Costs, ExecutionFigures, SliceFigures } from "./figures";
import { type Invocation, invoke } from "./invoke";
import type { Ask } from "./requests";
import { SimulatedCloud, type SimulatedCloudProps, type StartedExecution } from "./simulated-cloud";
import type { Party } from "./turns";

const stateSchema = z.looseObject({ Execution: z.looseObject({}) });

/** What an invocation gives back, and what it took of the machine where that can be told. */
export interface Invoked {
  readonly result: unknown;
  /** `undefined` where the function shares its process with the simulation. */
  readonly costs: Costs | undefined;
}

export type Invoker = (invocation: Invocation, ask: Ask) => Promise<Invoked>;

/** Cheap, but it tells nothing of the machine. */
export const invokeHere: Invoker = async (invocation, ask) => ({
  result: await invoke(invocation, ask),
  costs: undefined,
});

export interface SimulationProps extends SimulatedCloudProps {
  readonly deployed: SimulatedDeployment;
  /** By default the functions run in this process. */
  readonly invoker?: Invoker;
  /** Where several syncs run at a time; by default the definition's first has a cloud for itself. */
  readonly among?: Among;
}

/** One of several syncs on one cloud. */
export interface Among {
  readonly cloud: SimulatedCloud;
  readonly sync: SyncDefinition;
  readonly party: Party;
}

export interface RunFigures {
  readonly report: Report;
  readonly slices: readonly SliceFigures[];
  readonly executions: readonly ExecutionFigures[];
  /** Of the whole run, on the virtual clock. */
  readonly seconds: number;
}

/** Runs the synthesized state machine with the functions' own code over a simulated cloud. */
export class Simulation {
  readonly cloud: SimulatedCloud;
  private readonly machine: StateMachine;
  private readonly invoker: Invoker;
  private readonly ask: Ask;
  private slices: SliceFigures[] = [];
  private startTime = "";
  private runs = 0;
  private transitions = 0;
  private run = "";

  constructor(private readonly props: SimulationProps) {
    const { deployment } = props.deployed;
    this.invoker = props.invoker ?? invokeHere;
    const { cloud = new SimulatedCloud(props), party } = props.among ?? {};
    const until = party?.until;
    this.cloud = cloud;
    this.ask = until === undefined ? cloud.answer : cloud.answerAmong(until);
    this.machine = new StateMachine({
      ...deployment.stateMachine,
      integrations: {
        [LAMBDA_INVOKE]: lambdaInvoke({ invoke: (arn, event) => this.invoke(arn, event) }),
        [SNS_PUBLISH]: snsPublish(() => undefined),
      },
      pause: (seconds) => (until === undefined ? cloud.clock.sleep(seconds * 1000) : until(cloud.now + seconds * 1000)),
      onState: () => {
        this.transitions += 1;
      },
      retryDelayMilliseconds: 0,
    });
  }

  /** One run, in as many executions as it takes. @throws Error where one of them ends without a report. */
  start(): Promise<RunFigures> {
    const { party } = this.props.among ?? {};
    return party === undefined ? this.runOnce() : party.take(() => this.runOnce());
  }

  private async runOnce(): Promise<RunFigures> {
    const { deployment } = this.props.deployed;
    const { sync } = this;
    const begun = this.cloud.now;
    this.slices = [];
    this.runs += 1;
    this.run = `${sync.setting.Name}-run-${this.runs}`;
    const options = { fromTimestamp: undefined, dryRun: false };
    const first = startInput(deployment, sync, options, new Date(begun));
    const executions = [await this.execute(this.run, first)];
    for (let next = this.next(); next !== undefined; next = this.next()) {
      executions.push(await this.execute(next.name, jsonSchema.parse(next.input)));
    }
    const seconds = (this.cloud.now - begun) / 1000;
    return { report: this.report(), slices: this.slices, executions, seconds };
  }

  private get sync(): SyncDefinition {
    const sync = this.props.among?.sync ?? this.props.deployed.definition.syncs[0];
    if (sync === undefined) {
      throw new Error("The definition has no sync");
    }
    return sync;
  }

  /** The execution in which the run goes on. */
  private next(): StartedExecution | undefined {
    const { started } = this.cloud;
    const index = started.findIndex(({ name }) => name.startsWith(`${this.run}-`));
    return index === -1 ? undefined : started.splice(index, 1)[0];
  }

  private async execute(name: string, input: Json): Promise<ExecutionFigures> {
    const before = this.slices.length;
    this.transitions = 0;
    this.startTime = new Date(this.cloud.now).toISOString();
    const result = await this.machine.start(name, input).result;
    if (result.status !== "SUCCEEDED" && this.object("report.json") === undefined) {
      throw new Error(`The execution ${name} ended as ${result.error.name}: ${result.error.cause}`);
    }
    const rounds = this.slices.slice(before).filter(({ module }) => module === "sync-remote-folder").length;
    return { rounds, historyEvents: result.historyEvents, transitions: this.transitions };
  }

  private async invoke(arn: string, event: unknown): Promise<unknown> {
    const config = this.props.deployed.deployment.functions.find((deployed) => deployed.arn === arn);
    if (config === undefined) {
      throw new LambdaServiceFailed("Lambda.ResourceNotFoundException", `Function not found: ${arn}`);
    }
    const before = { now: this.cloud.now, ...this.cloud.traffic };
    const { result, costs } = await this.invoked(config, event);
    // As Lambda does.
    const answer = JSON.stringify(result);
    const after = this.cloud.traffic;
    this.slices.push({
      module: moduleOf(config),
      seconds: (this.cloud.now - before.now) / 1000,
      costs,
      requests: after.requests - before.requests,
      objectsWritten: after.objectsWritten - before.objectsWritten,
      bytesWritten: after.bytesWritten - before.bytesWritten,
      rootBytes: Buffer.byteLength(this.object("root.json") ?? ""),
      payloadBytes: Buffer.byteLength(JSON.stringify(event)),
      answerBytes: Buffer.byteLength(answer),
    });
    if (this.cloud.now - before.now > config.timeoutSeconds * 1000) {
      throw new FunctionFailed({ errorType: "Sandbox.Timedout", errorMessage: "too slow by the virtual clock" });
    }
    return JSON.parse(answer);
  }

  private async invoked(config: FunctionConfig, event: unknown): Promise<Invoked> {
    const { environment, timeoutSeconds } = config;
    const module = moduleOf(config);
    const invocation = { module, environment, event: this.atVirtualTime(event), now: this.cloud.now, timeoutSeconds };
    try {
      return await this.invoker(invocation, this.ask);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
      throw new FunctionFailed({ errorType: name, errorMessage: message });
    }
  }

  /** The interpreter fills in the real time. */
  private atVirtualTime(event: unknown): unknown {
    const { Execution, ...state } = stateSchema.parse(event);
    return { ...state, Execution: { ...Execution, StartTime: this.startTime } };
  }

  private report(): Report {
    return reportSchema.parse(JSON.parse(this.object("report.json") ?? "null"));
  }

  private object(name: string): string | undefined {
    const { definition, deployment } = this.props.deployed;
    const key = `${RUNS_PREFIX}${definition.name}/${this.sync.setting.Name}/${this.run}/${name}`;
    return this.cloud.objects.text(deployment.listResultsBucket, key);
  }
}
