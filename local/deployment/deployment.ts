import { join, resolve } from "node:path";
import * as z from "zod";
import { type ConcurrencyEvent, concurrencyEventSchema } from "../../contract/concurrency-event";
import { SHARED_STACK_ID, serverStackId } from "../../stacks/naming/names";
import type { FunctionConfig } from "../lambda/function-config";
import type { LocalAccount } from "./computed-attributes";
import { type EventPattern, eventPatternSchema } from "./event-pattern";
import { StackResolver } from "./resolver";
import { readTerraformJson, type TerraformStack } from "./terraform-json";

export interface DeployedConnector {
  readonly id: string;
  /** As written in the stack, `sftp://` in front. */
  readonly url: string;
  readonly trustedHostKeys: readonly string[];
  readonly securityPolicyName: string | undefined;
  readonly userSecretId: string;
}

/** The invocation with which apply sets the connector's concurrency. */
export interface DeployedConcurrency {
  readonly functionName: string;
  readonly event: ConcurrencyEvent;
}

export interface DeployedSecret {
  readonly name: string;
  readonly arn: string;
}

export interface DeployedRule {
  readonly pattern: EventPattern;
  /** ARNs. */
  readonly targets: readonly string[];
}

/** The event with which a sync can be started, and for which sync it is. */
export interface StartEvent {
  readonly sync: string;
  /** JSON; a schedule's still holds the attributes that EventBridge Scheduler replaces. */
  readonly json: string;
}

/** What `terraform apply` of the shared stack and of one server's stack would make of an account, as far as it is run here. */
export interface Deployment {
  readonly account: LocalAccount;
  /** Of both stacks. */
  readonly functions: readonly FunctionConfig[];
  readonly stateMachine: { readonly name: string; readonly arn: string; readonly definition: string };
  readonly connector: DeployedConnector;
  readonly concurrency: DeployedConcurrency;
  readonly secrets: readonly DeployedSecret[];
  /** Inputs of the schedules' targets; a sync on demand has none. */
  readonly schedules: readonly StartEvent[];
  /** Values of the SSM parameters. */
  readonly parameters: readonly StartEvent[];
  readonly listResultsBucket: string;
  readonly rules: readonly DeployedRule[];
}

export interface DeployOptions {
  /** CDKTF's output folder, which holds `stacks/`. */
  readonly outdir: string;
  readonly server: string;
  readonly account: LocalAccount;
}

/**
 * Reads the synthesized stacks and gives every resource the values that it would have after apply: the same every time.
 * @throws Error where the stacks hold something that is not understood here: a gap in this folder.
 */
export async function deploy({ outdir, server, account }: DeployOptions): Promise<Deployment> {
  const read = (stackId: string) => readTerraformJson(join(outdir, "stacks", stackId, "cdk.tf.json"));
  const sharedStack = await read(SHARED_STACK_ID);
  const serverStack = await read(serverStackId(server));
  const shared = new StackResolver({ stack: sharedStack, account, remoteStates: {} });
  const own = new StackResolver({ stack: serverStack, account, remoteStates: { [SHARED_STACK_ID]: shared } });
  return {
    account,
    functions: [...functions(shared, sharedStack), ...functions(own, serverStack)],
    stateMachine: stateMachine(own),
    connector: connector(own),
    concurrency: concurrency(own),
    secrets: own.resources("aws_secretsmanager_secret").map(({ name, args }) => ({
      name: args.name,
      arn: text(own.attribute("aws_secretsmanager_secret", name, "arn")),
    })),
    schedules: own.resources("aws_scheduler_schedule").map(({ args }) => startEvent(args.target.input)),
    parameters: own.resources("aws_ssm_parameter").map(({ args }) => startEvent(args.value)),
    listResultsBucket: only("aws_s3_bucket", shared.resources("aws_s3_bucket")).args.bucket,
    rules: rules(shared),
  };
}

function functions(resolver: StackResolver, stack: TerraformStack): FunctionConfig[] {
  return resolver.resources("aws_lambda_function").map(({ name, args }) => ({
    name: args.function_name,
    arn: text(resolver.attribute("aws_lambda_function", name, "arn")),
    zipPath: resolve(stack.folder, args.filename),
    handler: args.handler,
    environment: args.environment?.variables ?? {},
    timeoutSeconds: args.timeout,
    memoryMegabytes: args.memory_size,
  }));
}

function stateMachine(resolver: StackResolver): Deployment["stateMachine"] {
  const { name, args } = only("aws_sfn_state_machine", resolver.resources("aws_sfn_state_machine"));
  const arn = text(resolver.attribute("aws_sfn_state_machine", name, "arn"));
  return { name: args.name, arn, definition: args.definition };
}

function connector(resolver: StackResolver): DeployedConnector {
  const { name, args } = only("aws_transfer_connector", resolver.resources("aws_transfer_connector"));
  return {
    id: text(resolver.attribute("aws_transfer_connector", name, "connector_id")),
    url: args.url,
    trustedHostKeys: args.sftp_config.trusted_host_keys,
    securityPolicyName: args.security_policy_name,
    userSecretId: args.sftp_config.user_secret_id,
  };
}

function concurrency(resolver: StackResolver): DeployedConcurrency {
  const { args } = only("aws_lambda_invocation", resolver.resources("aws_lambda_invocation"));
  return { functionName: args.function_name, event: concurrencyEventSchema.parse(JSON.parse(args.input)) };
}

function rules(resolver: StackResolver): DeployedRule[] {
  const targets = resolver.resources("aws_cloudwatch_event_target").map(({ args }) => args);
  return resolver.resources("aws_cloudwatch_event_rule").map(({ args }) => ({
    pattern: eventPatternSchema.parse(JSON.parse(args.event_pattern)),
    targets: targets.filter(({ rule }) => rule === args.name).map(({ arn }) => arn),
  }));
}

const startEventSchema = z.object({ SyncSettings: z.tuple([z.object({ Name: z.string() })]) });

function startEvent(json: string): StartEvent {
  const [{ Name: sync }] = startEventSchema.parse(JSON.parse(json)).SyncSettings;
  return { sync, json };
}

function only<T>(type: string, found: readonly T[]): T {
  const [one, ...more] = found;
  if (one === undefined || more.length > 0) {
    throw new Error(`Expected one ${type} in the stack, found ${found.length}`);
  }
  return one;
}

const text = (value: unknown): string => z.string().parse(value);
