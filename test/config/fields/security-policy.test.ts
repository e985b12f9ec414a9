import { expect } from "chai";
import { parseSecurityPolicyName } from "../../../config/fields/security-policy";
import { outcome } from "../support";

describe("parseSecurityPolicyName", () => {
  const unknown = "warning: is not a security policy known to this version";
  const wrong = "error: is not a security policy for SFTP connectors";
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["TransferSFTPConnectorSecurityPolicy-2024-03", []],
    ["TransferSFTPConnectorSecurityPolicy-2023-07", []],
    ["TransferSFTPConnectorSecurityPolicy-FIPS-2024-10", []],
    ["TransferSFTPConnectorSecurityPolicy-2027-01", [unknown]],
    ["TransferSecurityPolicy-2024-01", [wrong]],
    ["2024-03", [wrong]],
    ["", [wrong]],
  ];
  for (const [text, findings] of cases) {
    it(`judges ${JSON.stringify(text)}`, () => {
      expect(outcome(parseSecurityPolicyName(text))).to.deep.equal({
        value: findings.includes(wrong) ? undefined : text,
        findings,
      });
    });
  }
});
