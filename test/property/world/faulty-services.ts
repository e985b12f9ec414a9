import { ConditionFailed } from "../../../engine/ports/errors";
import type {
  Clock,
  ConnectorService,
  ExecutionService,
  ObjectStore,
  ObjectSummary,
  SecretService,
  Services,
} from "../../../engine/ports/services";
import { faultyConnector } from "./faulty-connector";
import type { Invocation } from "./invocation";
import type { World } from "./world";

/** `Services` as one invocation of a Lambda meets them. */
export class FaultyServices implements Services {
  readonly clock: Clock;
  readonly secrets: SecretService;
  readonly connector: ConnectorService;

  constructor(
    private readonly world: World,
    private readonly invocation: Invocation,
  ) {
    this.clock = world.clock;
    this.secrets = {
      hasValue: () => invocation.operation("hasSecret", () => world.secrets.hasValue()),
    };
    this.connector = faultyConnector(world, invocation);
  }

  readonly objects: ObjectStore = {
    read: (bucket, key) =>
      this.invocation.operation("read", async () => {
        const stored = await this.world.objects.read(bucket, key);
        this.world.watch.read(this.invocation, key);
        return stored;
      }),
    head: (bucket, key) => this.invocation.operation("head", () => this.world.objects.head(bucket, key)),
    list: (bucket, prefix, options) => this.list(bucket, prefix, options),
    write: (bucket, key, text, condition) => {
      const write = () => this.changing(bucket, key, () => this.world.objects.write(bucket, key, text, condition));
      return this.invocation.operation("write", write, { repeat: () => repeated(write, condition !== undefined) });
    },
    remove: (bucket, key, ifMatch) => {
      const remove = () => this.changing(bucket, key, () => this.world.objects.remove(bucket, key, ifMatch));
      return this.invocation.operation("remove", remove, { repeat: () => repeated(remove, true) });
    },
  };

  readonly executions: ExecutionService = {
    isRunning: (arn) => this.invocation.operation("isRunning", async () => this.world.isRunning(arn)),
    start: (stateMachineArn, name, input) =>
      this.invocation.operation("start", async () => this.world.startExecution(stateMachineArn, name, input)),
  };

  private async *list(...[bucket, prefix, options]: Parameters<ObjectStore["list"]>) {
    yield* await this.invocation.operation("list", async () => {
      const summaries: ObjectSummary[] = [];
      for await (const summary of this.world.objects.list(bucket, prefix, options)) {
        summaries.push(summary);
      }
      return summaries;
    });
  }

  private async changing<T>(bucket: string, key: string, change: () => Promise<T>): Promise<T> {
    const before = this.world.objects.text(bucket, key);
    const result = await change();
    this.world.watch.changed(this.invocation, bucket, key, before, this.world.objects.text(bucket, key));
    return result;
  }
}

/** The first request had its effect, and its repetition meets that: a condition no longer holds. */
async function repeated<T>(request: () => Promise<T>, conditional: boolean): Promise<T> {
  const result = await request();
  if (conditional) {
    throw new ConditionFailed("the object is as the first request left it");
  }
  return result;
}
