import type {
  ConnectorService,
  FileResult,
  ListingRequest,
  StartOutcome,
  TransferRequest,
} from "../../../functions/shared/services";
import type { Answers, Invocation } from "./invocation";
import type { Operation } from "./scenario";
import type { World } from "./world";

const REFUSED: StartOutcome = { status: "refused", retryAfterSeconds: undefined };
const LOST_ANSWER: StartOutcome = { status: "unknown", message: "socket hang up" };

/** The connector as one invocation of a Lambda meets it. */
export class FaultyConnector implements ConnectorService {
  constructor(
    private readonly world: World,
    private readonly invocation: Invocation,
  ) {}

  async startListing(request: ListingRequest): Promise<StartOutcome> {
    return this.start("startListing", async () => {
      const effect = this.world.faults.next("listing")?.effect;
      return { status: "started", id: this.world.listings.start(request, effect) };
    });
  }

  async startTransfer(request: TransferRequest): Promise<StartOutcome> {
    const start = async (answerLost: boolean): Promise<StartOutcome> => {
      if (this.world.transfers.queued + request.paths.length > this.world.queueRoom) {
        return REFUSED;
      }
      const effect = () => this.world.faults.next("file")?.effect;
      const jobs = this.world.transfers.accept(request, effect);
      this.world.watch.transferred(this.invocation, request, jobs, answerLost);
      return { status: "started", id: jobs[0]?.transferId ?? "" };
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
      async () => this.world.transfers.results(transferId),
      {
        forget: async () => {
          this.world.watch.forgotten(transferId);
          return undefined;
        },
      },
    );
  }

  async maxConcurrentConnections(): Promise<number> {
    return 5;
  }

  private async start(
    operation: Operation,
    start: (answerLost: boolean) => Promise<StartOutcome>,
    answers: Answers<StartOutcome> = {},
  ): Promise<StartOutcome> {
    if (this.world.faults.throttles()) {
      return REFUSED;
    }
    return this.invocation.operation(operation, () => start(false), {
      ...answers,
      refuse: async () => REFUSED,
      deny: async () => {
        throw Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });
      },
      error: async ({ moment }) => {
        const outcome: StartOutcome = moment === "after" ? await start(true) : LOST_ANSWER;
        return outcome.status === "started" ? LOST_ANSWER : outcome;
      },
    });
  }
}
