import type { Deployment } from "../deployment/deployment";
import type { JsonService } from "../endpoint/json-service";
import { type ReadThroughProps, readingThrough } from "../endpoint/read-through";
import { LambdaService } from "../lambda/lambda-service";
import type { S3Store } from "../s3/s3-store";
import { createSecretsService } from "../secrets-manager/secrets";
import type { ExecutionResult } from "../step-functions/execution";
import { Executions } from "../step-functions/executions";
import {
  LAMBDA_INVOKE,
  lambdaInvoke,
  type PublishedMessage,
  SNS_PUBLISH,
  snsPublish,
} from "../step-functions/integrations";
import type { Json } from "../step-functions/json";
import { StateMachine } from "../step-functions/state-machine";
import type { ConnectorOptions } from "../transfer/connector";
import type { SftpCredentials } from "../transfer/remote-server";
import type { TransferEvent } from "../transfer/transfer-events";
import { TransferService } from "../transfer/transfer-service";
import type { DataDirectory } from "./data-directory";
import { EventBus } from "./event-bus";
import { Host } from "./host";
import type { Interception } from "./interception";
import { Opened } from "./opened";
import { shortPause } from "./short-pause";

export interface LocalCloudProps {
  readonly deployment: Deployment;
  readonly store: S3Store;
  readonly directory: DataDirectory;
  readonly credentials: SftpCredentials | undefined;
  /** Stays when the cloud closes; by default the cloud has its own. */
  readonly host?: Host | undefined;
  readonly interception?: Interception | undefined;
  /** What a run sees of ledgers and target buckets in the place of the store's own; for dry runs. */
  readonly base?: Omit<ReadThroughProps, "listResultsBucket"> | undefined;
  onTransferEvent(event: TransferEvent): void;
  onMessage(message: PublishedMessage): void;
  /** Told the name of every state that an execution enters. */
  onState(state: string): void;
}

/** Calls to the connector so far. */
export type TransferCalls = TransferService["calls"];

/** An account on this machine with one server's deployment at work in it. */
export class LocalCloud {
  private constructor(
    private readonly props: LocalCloudProps,
    private readonly opened: Opened,
    private readonly transfer: TransferService,
    private readonly lambda: LambdaService,
    private readonly executions: Executions,
    private readonly bus: EventBus,
  ) {}

  /** Starts all services; ends with {@link close}. Where one cannot start, nothing stays that would keep the process. */
  static async start(props: LocalCloudProps): Promise<LocalCloud> {
    const opened = new Opened();
    return opened.orClose(() => LocalCloud.open(props, opened));
  }

  private static async open(props: LocalCloudProps, opened: Opened): Promise<LocalCloud> {
    const { deployment, store, directory, credentials, onTransferEvent, interception, base } = props;
    const bus = new EventBus(deployment.rules);
    const executions = new Executions();
    const deliver = (event: TransferEvent) => bus.deliver(event);
    const delivered = interception?.events(deliver) ?? deliver;
    let functions: LambdaService | undefined;
    const intercepted = interception?.requests({
      functions: deployment.functions,
      crash: async (name) => functions?.crash(name),
    });
    let transfer: TransferService | undefined;
    opened.add({ close: async () => transfer?.close() });
    const host = props.host ?? opened.add(await Host.start());
    const { endpoint, codeFolder, sandboxes: warm } = host;
    opened.add({ close: async () => endpoint.serve(undefined) });
    const lambda = new LambdaService({
      functions: deployment.functions.filter(({ name }) => name !== deployment.concurrency.functionName),
      platform: { region: deployment.account.region, endpoint },
      codeFolder,
      logFolder: directory.logs,
      warm,
    });
    functions = opened.add(lambda);
    lambda.warmUp(functionsOfRuns(deployment)).catch(() => undefined); // An invocation meets the same failure.
    const elsewhere = base && readingThrough({ ...base, listResultsBucket: deployment.listResultsBucket });
    transfer = await TransferService.open({
      connectors: [connectorAfterApply(deployment, interception)],
      store,
      credentials,
      stateDir: directory.transfers,
      limits: interception?.limits ?? {},
      aroundRemote: interception?.remote,
      aroundDescription: interception?.description,
      aroundResults: interception?.results,
      listingManner: interception?.listingManner,
      onEvent: async (event) => {
        onTransferEvent(event);
        await delivered(event);
      },
    });
    endpoint.serve({
      s3: store,
      around: (next) => {
        const first = elsewhere?.(next) ?? next;
        return intercepted?.(first) ?? first;
      },
      services: {
        TransferService: operationsOfRuns(transfer.operations),
        secretsmanager: createSecretsService(
          deployment.secrets.map((secret) => ({ ...secret, hasValue: credentials !== undefined })),
        ),
        AWSStepFunctions: executions.service(),
      },
    });
    bus.connect(lambda);
    return new LocalCloud(props, opened, transfer, lambda, executions, bus);
  }

  get calls(): Readonly<TransferCalls> {
    return { ...this.transfer.calls };
  }

  /**
   * Starts the server's state machine, as a schedule or a person does, and waits for its end; a long run goes on in
   * further executions, which are waited for too, as are the functions that its events invoke: nothing of a run writes to the
   * buckets after this. Once `signal` aborts, only the executions are waited for.
   */
  async run(name: string, input: Json, signal?: AbortSignal): Promise<ExecutionResult> {
    const { deployment, interception, onMessage, onState } = this.props;
    const machine = new StateMachine({
      ...deployment.stateMachine,
      integrations: { [LAMBDA_INVOKE]: lambdaInvoke(this.lambda), [SNS_PUBLISH]: snsPublish(onMessage) },
      pause: shortPause(),
      onState,
      abortsAt: interception?.abortsAt,
    });
    const listening = new AbortController();
    const aborted = new Promise<void>((resolve) => {
      const abort = () => {
        this.executions.abort();
        resolve();
      };
      signal?.addEventListener("abort", abort, { once: true, signal: listening.signal });
    });
    try {
      this.executions.deploy(machine);
      const { result } = this.executions.start(machine, name, input);
      const ended = (await this.executions.settled()) ?? (await result);
      await Promise.race([this.bus.settled(), aborted]);
      return ended;
    } finally {
      listening.abort();
    }
  }

  /** Ends everything; what is under way fails. The functions go first, so that none sees the others going. */
  async close(): Promise<void> {
    await this.opened.close();
  }
}

/** What a run asks of a connector. Other operations could lead it, with its credentials, to another server. */
const OPERATIONS_OF_RUNS: ReadonlySet<string> = new Set([
  "StartDirectoryListing",
  "StartFileTransfer",
  "ListFileTransferResults",
  "DescribeConnector",
]);

function operationsOfRuns(operations: JsonService): JsonService {
  return Object.fromEntries(Object.entries(operations).filter(([name]) => OPERATIONS_OF_RUNS.has(name)));
}

/** Those that the state machine invokes, in the order of its states; others are rarely needed. */
function functionsOfRuns({ functions, stateMachine: { definition } }: Deployment): string[] {
  return functions
    .filter(({ arn }) => definition.includes(arn))
    .sort((a, b) => definition.indexOf(a.arn) - definition.indexOf(b.arn))
    .map(({ name }) => name);
}

/**
 * The connector as apply leaves it. Its concurrency is read from the invocation that sets it: carrying that out would cost
 * every start the time of one more function, for what is known beforehand.
 */
function connectorAfterApply({ connector, concurrency }: Deployment, interception?: Interception): ConnectorOptions {
  const { MaxConcurrentConnections } = concurrency.event;
  return { ...connector, maxConcurrentConnections: MaxConcurrentConnections, dial: interception?.dial };
}
