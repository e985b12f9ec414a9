import { TestConnectionCommand, TransferClient } from "@aws-sdk/client-transfer";
import { connectionStep } from "../../../../contract/connection-steps";
import { nextStep } from "../../../../contract/next-step";
import { UserError } from "../../../../local/errors/user-error";
import { type Cell, cell } from "../access/cell";
import { syncsOf } from "../access/deployed-syncs";
import { nextCommand, nextStackCommand } from "../access/next-command";
import { namedServer } from "../access/server-reference";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import {
  connectorDrift,
  type DeployedConnector,
  type Difference,
  deployedConnector,
  isSameKey,
} from "./connector-drift";
import { type CredentialsState, credentialsState } from "./credentials-state";

export interface TestOptions extends AwsOptions {
  /** Name of a server, or its definition's file. */
  readonly server: string;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
}

export interface ConnectionTest {
  readonly server: string;
  readonly connector: DeployedConnector;
  readonly credentials: Cell<CredentialsState>;
  /** Absent without a definition to compare with. */
  readonly drift?: readonly Difference[];
  readonly isConnected: boolean;
  /** The service's own words; absent where it was not asked. */
  readonly words?: string;
  /** The key that the server showed, `type base64`; absent where the service does not tell it. */
  readonly hostKey?: string;
  /** Whether the definition names that key; absent without a key or a definition. */
  readonly isKeyDefined?: boolean;
  /** What to do; absent where nothing is wrong. */
  readonly next?: string;
}

/**
 * Has a server's connector log in, and tells what stands in its way.
 * @throws UserError where there is no connector to test. @throws AwsFailure
 */
export async function testConnection(options: TestOptions): Promise<ConnectionTest> {
  const session = options.session ?? (await openSession(options));
  const { name: server, definition, nearest } = await namedServer(options.server, session.limits);
  const syncs = await syncsOf(session, { name: server, nearest, ...(definition === undefined ? {} : { definition }) });
  const id = syncs.flatMap(({ event }) => event?.Connector ?? [])[0];
  const connector = id === undefined ? undefined : await deployedConnector(session, id);
  if (connector === undefined) {
    throw new UserError(`The connector ${id ?? ""} of ${server} is not there any more`, {
      next: nextStackCommand("deploy", server),
    });
  }
  const credentials = await cell(() => credentialsState(session, server));
  const drift = definition && connectorDrift(connector, definition);
  const common = { server, connector, credentials, ...(drift === undefined ? {} : { drift }) };
  const obstacle = obstacleTo(server, connector, credentials, session.flags);
  if (obstacle !== undefined) {
    return { ...common, isConnected: false, next: obstacle };
  }
  const { Status, StatusMessage = "", SftpConnectionDetails } = await test(session, connector.id);
  const isConnected = Status === "OK";
  const hostKey = SftpConnectionDetails?.HostKey;
  const isKeyDefined =
    hostKey && definition ? definition.trustedHostKeys.some((key) => isSameKey(key, hostKey)) : undefined;
  const next = isConnected ? undefined : stepAfter(StatusMessage, server, drift);
  return {
    ...common,
    isConnected,
    words: StatusMessage,
    ...(hostKey === undefined ? {} : { hostKey }),
    ...(isKeyDefined === undefined ? {} : { isKeyDefined }),
    ...(next === undefined ? {} : { next }),
  };
}

/** What makes a test pointless. */
function obstacleTo(
  server: string,
  { status, statusMessage }: DeployedConnector,
  credentials: Cell<CredentialsState>,
  flags: AwsOptions,
): string | undefined {
  if ("value" in credentials && credentials.value !== "present") {
    return `The secret holds no credentials: ${nextCommand(["credentials", server], flags)}`;
  }
  switch (status) {
    case "PENDING":
      return "The connector is being created or updated: wait a minute, then test again.";
    case "ERRORED":
      return `The connector could not be created or updated${statusMessage === undefined ? "" : ` (${statusMessage})`}. Mend that, then ${nextStackCommand("deploy", server)}`;
    default:
      return undefined;
  }
}

/** A definition that is not deployed yet may be all that is wrong. */
function stepAfter(words: string, server: string, drift: readonly Difference[] = []): string {
  const step = connectionStep(words) ?? nextStep("ListingFailed");
  return drift.length === 0
    ? step
    : `The connector is not as the definition says (${drift.map(({ field }) => field).join(", ")}): ${nextStackCommand("deploy", server)}. If that changes nothing: ${step}`;
}

async function test(session: AwsSession, id: string) {
  const client = new TransferClient(session.config);
  try {
    return await session.ask(`transfer:TestConnection ${id}`, () =>
      client.send(new TestConnectionCommand({ ConnectorId: id })),
    );
  } finally {
    client.destroy();
  }
}
