import { z } from "zod";
import { ConditionFailed } from "../../engine/ports/errors";
import type {
  Clock,
  ConnectorService,
  ExecutionService,
  ObjectStore,
  ObjectSummary,
  SecretService,
  Services,
} from "../../engine/ports/services";
import type { Ask, Request } from "./requests";

const storedSchema = z.object({ text: z.string(), etag: z.string() }).optional();

const summarySchema = z.object({ key: z.string(), size: z.number(), lastModified: z.date() });

const pageSchema = z.object({ objects: z.array(summarySchema), isLast: z.boolean() });

const startSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("started"), id: z.string() }),
  z
    .object({ status: z.literal("refused") })
    .transform(() => ({ status: "refused" as const, retryAfterSeconds: undefined })),
]);

const resultSchema = z.object({
  path: z.string(),
  status: z.enum(["QUEUED", "IN_PROGRESS", "COMPLETED", "FAILED"]),
  failureCode: z.union([z.string(), z.undefined()]),
  failureMessage: z.union([z.string(), z.undefined()]),
});

/** The engine's services, on a simulated cloud that may live in another process; each request takes virtual time. */
export class SimulatedServices implements Services {
  private now: number;

  /** @param now milliseconds of the virtual clock at the start. */
  constructor(
    private readonly ask: Ask,
    now: number,
  ) {
    this.now = now;
  }

  readonly clock: Clock = {
    now: () => new Date(this.now),
    sleep: async (milliseconds) => {
      await this.request({ operation: "sleep", milliseconds });
    },
    // The figures of two measurements are to be compared.
    random: () => 0.5,
  };

  readonly objects: ObjectStore = {
    read: async (bucket, key) => storedSchema.parse(await this.request({ operation: "read", bucket, key })),
    write: async (bucket, key, text, condition) =>
      z.string().parse(await this.request({ operation: "write", bucket, key, text, condition })),
    remove: async (bucket, key, ifMatch) => {
      await this.request({ operation: "remove", bucket, key, ifMatch });
    },
    head: async (bucket, key) => summarySchema.optional().parse(await this.request({ operation: "head", bucket, key })),
    list: (bucket, prefix, options = {}) => this.list(bucket, prefix, options.startAfter, options.flat ?? false),
  };

  readonly connector: ConnectorService = {
    startListing: async (request) => startSchema.parse(await this.request({ operation: "startListing", ...request })),
    startTransfer: async ({ paths, ...request }) =>
      startSchema.parse(await this.request({ operation: "startTransfer", ...request, paths: [...paths] })),
    results: async (connectorId, transferId) =>
      z.array(resultSchema).parse(await this.request({ operation: "results", connectorId, transferId })),
    maxConcurrentConnections: async (connectorId) =>
      z.number().parse(await this.request({ operation: "maxConcurrentConnections", connectorId })),
  };

  readonly secrets: SecretService = {
    hasValue: async (secretArn) => z.boolean().parse(await this.request({ operation: "hasValue", secretArn })),
  };

  readonly executions: ExecutionService = {
    isRunning: async (executionArn) => z.boolean().parse(await this.request({ operation: "isRunning", executionArn })),
    start: async (_stateMachineArn, name, input) => {
      await this.request({ operation: "startExecution", name, input });
    },
  };

  private async request(request: Request): Promise<unknown> {
    const answer = await this.ask(request, this.now);
    this.now = answer.now;
    if (answer.status === "conditionFailed") {
      throw new ConditionFailed(`${request.operation} met another state of the object`);
    }
    return answer.value;
  }

  private async *list(
    bucket: string,
    prefix: string,
    startAfter: string | undefined,
    flat: boolean,
  ): AsyncGenerator<ObjectSummary> {
    let after = startAfter;
    for (let isLast = false; !isLast; ) {
      const page = pageSchema.parse(await this.request({ operation: "list", bucket, prefix, startAfter: after, flat }));
      yield* page.objects;
      after = page.objects.at(-1)?.key;
      isLast = page.isLast;
    }
  }
}
