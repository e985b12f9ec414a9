import { isDeepStrictEqual } from "node:util";
import type { SftpConnectorConfig } from "@aws-sdk/client-transfer";

/**
 * A connector's SftpConfig with all that the service writes of it, members that this SDK does not know among them. An SDK
 * that did not know the concurrency would not compile here.
 */
export type SftpConfig = SftpConnectorConfig & Required<Pick<SftpConnectorConfig, "MaxConcurrentConnections">>;

/** The seam to AWS. Both methods throw `NotYet` where the same call may work later. */
export interface SftpConfigService {
  /** Of a connector that is not being created or updated. */
  read(connectorId: string): Promise<SftpConfig>;
  /** Replaces the SftpConfig as a whole. */
  write(connectorId: string, config: SftpConfig): Promise<void>;
}

/** What `actual` has otherwise than `expected`, one phrase for each member; host keys count in any order. */
export function differences(expected: Partial<SftpConfig>, actual: SftpConfig): string[] {
  const found = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(expected)
    .filter(([name, value]) => !isDeepStrictEqual(comparable(name, value), comparable(name, found.get(name))))
    .map(([name, value]) => `${name} is ${JSON.stringify(found.get(name))} instead of ${JSON.stringify(value)}`);
}

function comparable(name: string, value: unknown): unknown {
  return name === "TrustedHostKeys" && Array.isArray(value) ? [...value].sort() : value;
}
