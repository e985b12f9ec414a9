import { ServiceUnavailableException, ThrottlingException } from "@aws-sdk/client-transfer";
import type {
  ConnectorDescription,
  ConnectorService,
  FileResult,
  ListingRequest,
  StartOutcome,
  TransferRequest,
} from "../../../engine/ports/services";
import { startFailure } from "../../../functions/aws/failures";
import type { Answers, Invocation } from "./invocation";
import type { Operation, Refusal } from "./scenario";
import { told } from "./transfers";
import type { World } from "./world";

const RETRY_AFTER_SECONDS = 25;

/** The errors by which the SDK says *later*. */
const REFUSED: { readonly [refusal in Refusal]: () => Error } = {
  throttled: () => new ThrottlingException({ message: "", $metadata: { httpStatusCode: 400 } }),
  throttledFor: () =>
    new ThrottlingException({
      message: "",
      RetryAfterSeconds: String(RETRY_AFTER_SECONDS),
      $metadata: { httpStatusCode: 400 },
    }),
  unavailable: () => new ServiceUnavailableException({ message: "", $metadata: { httpStatusCode: 503 } }),
  neverReached: () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
};

const lostAnswer = () => startFailure(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));

/** The connector as one invocation of a Lambda meets it. */
export class FaultyConnector implements ConnectorService {
  constructor(
    private readonly world: World,
    private readonly invocation: Invocation,
  ) {}

  async startListing(request: ListingRequest): Promise<StartOutcome> {
    const askedAt = this.world.clock.now();
    return this.start("startListing", async () => {
      const effect = this.world.faults.next("listing")?.effect;
      this.world.watch.calls.listed(this.invocation, request, askedAt);
      return { status: "started", id: this.world.listings.start(request, effect) };
    });
  }

  async startTransfer(request: TransferRequest): Promise<StartOutcome> {
    const start = async (answerLost: boolean): Promise<StartOutcome> => {
      const { transfers, watch, options, faults } = this.world;
      if (transfers.queued + request.paths.length > options.pendingFiles) {
        watch.calls.full(this.invocation);
        return startFailure(REFUSED.throttled());
      }
      const { id, jobs } = transfers.accept(request, () => faults.next("file")?.effect);
      watch.calls.transferred(this.invocation, request, jobs, answerLost);
      return { status: "started", id };
    };
    return this.start("startTransfer", start, {
      reject: async () => {
        this.world.watch.rejected(this.invocation, request.paths);
        return { status: "rejected", name: "InvalidRequestException", message: "no" };
      },
    });
  }

  results(_connectorId: string, transferId: string): Promise<FileResult[] | undefined> {
    return this.invocation.operation<FileResult[] | undefined>(
      "results",
      async () =>
        this.world.transfers.results(transferId)?.flatMap((result) => told(result, this.world.options.dialect)),
      {
        forget: async () => {
          this.world.watch.forgotten(transferId);
          return undefined;
        },
      },
    );
  }

  describe(): Promise<ConnectorDescription> {
    return this.invocation.operation("describe", async () => ({
      readiness: "ready",
      status: "ACTIVE",
      maxConcurrentConnections: 5,
    }));
  }

  private async start(
    operation: Operation,
    start: (answerLost: boolean) => Promise<StartOutcome>,
    answers: Answers<StartOutcome> = {},
  ): Promise<StartOutcome> {
    this.world.watch.calls.asked(this.invocation);
    if (this.world.faults.throttles()) {
      return this.refuse();
    }
    return this.invocation.operation(operation, () => start(false), {
      ...answers,
      refuse: async () => this.refuse(),
      deny: async () => {
        throw Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });
      },
      error: async ({ moment }) => {
        const outcome = moment === "after" ? await start(true) : lostAnswer();
        return outcome.status === "started" ? lostAnswer() : outcome;
      },
    });
  }

  private refuse(): StartOutcome {
    const { refusal } = this.world;
    if (refusal === "throttledFor") {
      this.world.watch.calls.refused(this.invocation, RETRY_AFTER_SECONDS);
    }
    return startFailure(REFUSED[refusal]());
  }
}
