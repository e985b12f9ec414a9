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
import { type Around, passingAround } from "../../../simulation/around";
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

/** The connector as one invocation of a Lambda meets it: every call is an operation, which a fault may strike. */
export function faultyConnector(world: World, invocation: Invocation): ConnectorService {
  const around: Around<ConnectorService> = (method, call) => invocation.operation(method, call);
  return passingAround<ConnectorService>(world.connector, around, {
    startListing: (request) => startListing(world, invocation, request),
    startTransfer: (request) => startTransfer(world, invocation, request),
    results: (connectorId, transferId) => results(world, invocation, connectorId, transferId),
    describe: (connectorId) => describe(world, invocation, connectorId),
  });
}

function describe(world: World, invocation: Invocation, connectorId: string): Promise<ConnectorDescription> {
  const { connector, watch } = world;
  const ready = async () => {
    const description = await connector.describe(connectorId);
    watch.calls.foundReady(invocation);
    return description;
  };
  return invocation.operation("describe", ready, {
    unready: async () => {
      watch.calls.foundUnready(invocation, "describe");
      return { ...(await connector.describe(connectorId)), readiness: "pending", status: "PENDING" };
    },
  });
}

function startListing(world: World, invocation: Invocation, request: ListingRequest): Promise<StartOutcome> {
  const askedAt = world.clock.now();
  return start(world, invocation, "startListing", async () => {
    world.watch.calls.listed(invocation, request, askedAt);
    return world.connector.startListing(request);
  });
}

function startTransfer(world: World, invocation: Invocation, request: TransferRequest): Promise<StartOutcome> {
  const { connector, watch, options } = world;
  const accept = async (answerLost: boolean): Promise<StartOutcome> => {
    if (connector.transfers.queued + request.paths.length > options.pendingFiles) {
      watch.calls.full(invocation);
      return startFailure(REFUSED.throttled());
    }
    const { id, jobs } = connector.transfers.accept(request);
    watch.calls.transferred(invocation, request, jobs, answerLost);
    return { status: "started", id };
  };
  return start(world, invocation, "startTransfer", accept, {
    reject: async () => {
      watch.rejected(invocation, request.paths);
      return { status: "rejected", name: "InvalidRequestException", message: "no" };
    },
  });
}

function results(
  { connector, options, watch }: World,
  invocation: Invocation,
  connectorId: string,
  transferId: string,
): Promise<FileResult[] | undefined> {
  const tell = async () =>
    (await connector.results(connectorId, transferId))?.flatMap((result) => told(result, options.dialect));
  return invocation.operation<FileResult[] | undefined>("results", tell, {
    forget: async () => {
      watch.forgotten(transferId);
      return undefined;
    },
  });
}

async function start(
  world: World,
  invocation: Invocation,
  operation: Operation,
  accept: (answerLost: boolean) => Promise<StartOutcome>,
  answers: Answers<StartOutcome> = {},
): Promise<StartOutcome> {
  world.watch.calls.asked(invocation, operation);
  if (world.faults.throttles()) {
    return refuse(world, invocation, operation);
  }
  return invocation.operation(operation, () => accept(false), {
    ...answers,
    refuse: async () => refuse(world, invocation, operation),
    unready: async () => {
      world.watch.calls.foundUnready(invocation, operation);
      return { status: "not-ready" };
    },
    deny: async () => {
      throw Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });
    },
    error: async ({ moment }) => {
      const outcome = moment === "after" ? await accept(true) : lostAnswer();
      return outcome.status === "started" ? lostAnswer() : outcome;
    },
  });
}

function refuse({ refusal, watch }: World, invocation: Invocation, operation: Operation): StartOutcome {
  if (refusal === "throttledFor") {
    watch.calls.refused(invocation, operation, RETRY_AFTER_SECONDS);
  }
  return startFailure(REFUSED[refusal]());
}
