import { error, type Parsed, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";

export const DEFAULT_SECURITY_POLICY = "TransferSFTPConnectorSecurityPolicy-2024-03";

/** Those of the Transfer Family user guide at the time of writing. */
export const SECURITY_POLICIES: readonly string[] = [
  DEFAULT_SECURITY_POLICY,
  "TransferSFTPConnectorSecurityPolicy-2023-07",
  "TransferSFTPConnectorSecurityPolicy-FIPS-2024-10",
];

/** The service's own pattern and length (Transfer API model). */
export const SECURITY_POLICY_NAME = /^TransferSFTPConnectorSecurityPolicy-[A-Za-z0-9-]+$/;
export const SECURITY_POLICY_MAX_LENGTH = 100;

/** `SecurityPolicyName` as it is; a name of the right form that is not known here is a warning. */
export function parseSecurityPolicyName(text: string): Parsed<string> {
  if (SECURITY_POLICIES.includes(text)) {
    return { value: text, findings: [] };
  }
  const details = { received: describeReceived(text), allowed: SECURITY_POLICIES.join(", ") };
  // A policy that the service has since got is let through.
  return SECURITY_POLICY_NAME.test(text) && text.length <= SECURITY_POLICY_MAX_LENGTH
    ? { value: text, findings: [warning("is not a security policy known to this version", details)] }
    : { findings: [error("is not a security policy for SFTP connectors", details)] };
}
