import type { ConcurrencyEvent } from "../../../contract/concurrency-event";
import { ConcurrencyNotSet, NotYet } from "./errors";
import { type Patience, repeat } from "./repeat";
import { differences, type SftpConfig, type SftpConfigService } from "./sftp-config";

export interface ConcurrencyResult {
  readonly ConnectorId: string;
  readonly MaxConcurrentConnections: number;
  /** Whether the connector had another value before. */
  readonly Changed: boolean;
}

/**
 * Gives the connector its concurrency, and makes sure that it has it and still has all else.
 *
 * Whether UpdateConnector keeps the members that an SftpConfig lacks is documented nowhere, so the whole of it is sent
 * back. It is the one that the service describes, never one from the event: who may invoke this function could otherwise
 * exchange host keys and secret. The event's only prove that the description is not older than what Terraform has just
 * written, which would be undone by sending it back.
 * @throws ConcurrencyNotSet
 */
export async function setConcurrency(
  event: ConcurrencyEvent,
  connector: SftpConfigService,
  patience: Patience,
): Promise<ConcurrencyResult> {
  const { ConnectorId, MaxConcurrentConnections } = event;
  try {
    const described = await repeat(() => describedAsDefined(event, connector), patience);
    const Changed = described.MaxConcurrentConnections !== MaxConcurrentConnections;
    if (Changed) {
      const wanted = { ...described, MaxConcurrentConnections };
      await repeat(() => update(ConnectorId, wanted, connector, patience), patience);
    }
    return { ConnectorId, MaxConcurrentConnections, Changed };
  } catch (error) {
    throw notSet(event, error);
  }
}

async function describedAsDefined(event: ConcurrencyEvent, connector: SftpConfigService): Promise<SftpConfig> {
  const { ConnectorId, UserSecretId, TrustedHostKeys } = event;
  const described = await connector.read(ConnectorId);
  expectSettings({ UserSecretId, TrustedHostKeys }, described);
  return described;
}

/** An update may take a while: it is waited for, and not sent again meanwhile. */
async function update(
  connectorId: string,
  wanted: SftpConfig,
  connector: SftpConfigService,
  patience: Patience,
): Promise<void> {
  await connector.write(connectorId, wanted);
  expectSettings(wanted, await repeat(() => connector.read(connectorId), patience));
}

function expectSettings(expected: Partial<SftpConfig>, actual: SftpConfig): void {
  const found = differences(expected, actual);
  if (found.length > 0) {
    throw new NotYet(`DescribeConnector says that its ${found.join(", its ")}`);
  }
}

function notSet({ ConnectorId, MaxConcurrentConnections }: ConcurrencyEvent, cause: unknown): ConcurrencyNotSet {
  const received = cause instanceof NotYet ? `${cause.message} (until the function's time was over)` : String(cause);
  return new ConcurrencyNotSet(
    `The connector ${ConnectorId} was not given MaxConcurrentConnections ${MaxConcurrentConnections}: ${received}. ` +
      "Set right what is wrong there, then apply the server's stack again.",
    { cause },
  );
}
