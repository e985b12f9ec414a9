import * as z from "zod";
import { ConditionFailed } from "../../engine/ports/errors";
import type {
  Clock,
  ConnectorService,
  ExecutionService,
  ListOptions,
  ObjectStore,
  ObjectSummary,
  SecretService,
  Services,
} from "../../engine/ports/services";
import type { SummaryPage } from "../../simulation/object-store";
import type { Ask, Request, ServiceName } from "./requests";

/** What one request lists. */
interface Pages {
  page(bucket: string, prefix: string, startAfter: string, flat: boolean): Promise<SummaryPage>;
}

/** The engine's services, on a simulated cloud that may live in another process; each request takes virtual time. */
export class SimulatedServices implements Services {
  readonly clock: Clock = {
    now: () => new Date(this.now),
    sleep: async (milliseconds) => {
      await this.request({ kind: "sleep", milliseconds });
    },
    // The figures of two measurements are to be compared.
    random: () => 0.5,
  };
  readonly objects = this.remote<ObjectStore>("objects", {
    list: (bucket, prefix, options) => this.list(bucket, prefix, options),
  });
  readonly connector = this.remote<ConnectorService>("connector");
  readonly secrets = this.remote<SecretService>("secrets");
  readonly executions = this.remote<ExecutionService>("executions");

  /** @param now milliseconds of the virtual clock at the start. */
  constructor(
    private readonly ask: Ask,
    private now: number,
  ) {}

  /** @param own methods that are not one request each. */
  private remote<T>(service: ServiceName, own: Partial<T> = {}): T {
    const methods = new Proxy(own, {
      get: (_, method) =>
        Reflect.get(own, method) ??
        ((...input: unknown[]) => this.request({ kind: "call", service, method: String(method), input })),
    });
    return z.custom<T>().parse(methods);
  }

  private async request(request: Request): Promise<unknown> {
    const answer = await this.ask(request, this.now);
    this.now = answer.now;
    if (answer.status === "conditionFailed") {
      throw new ConditionFailed("the object is in another state");
    }
    return answer.value;
  }

  private async *list(
    bucket: string,
    prefix: string,
    { startAfter = "", flat = false }: ListOptions = {},
  ): AsyncGenerator<ObjectSummary> {
    const pages = this.remote<Pages>("objects");
    let after = startAfter;
    for (let isLast = false; !isLast; ) {
      const page = await pages.page(bucket, prefix, after, flat);
      yield* page.objects;
      after = page.objects.at(-1)?.key ?? "";
      isLast = page.isLast;
    }
  }
}
