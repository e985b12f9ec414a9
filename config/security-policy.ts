import { error, type Parsed, warning } from "./problem";
import { describeReceived } from "./received";

export const DEFAULT_SECURITY_POLICY = "TransferSFTPConnectorSecurityPolicy-2024-03";

/** Those of the Transfer Family user guide at the time of writing. */
export const SECURITY_POLICIES: readonly string[] = [
  DEFAULT_SECURITY_POLICY,
  "TransferSFTPConnectorSecurityPolicy-2023-07",
  "TransferSFTPConnectorSecurityPolicy-FIPS-2024-10",
];

export function parseSecurityPolicyName(text: string): Parsed<string> {
  if (SECURITY_POLICIES.includes(text)) {
    return { value: text, findings: [] };
  }
  const details = { received: describeReceived(text), allowed: SECURITY_POLICIES.join(", ") };
  // The service's own pattern [api]: a policy that it has since got is let through.
  return /^TransferSFTPConnectorSecurityPolicy-[A-Za-z0-9-]+$/.test(text) && text.length <= 100
    ? { value: text, findings: [warning("is not a security policy known to this version", details)] }
    : { findings: [error("is not a security policy for SFTP connectors", details)] };
}
