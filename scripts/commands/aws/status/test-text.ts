import { printable } from "../../../../contract/printable";
import { knownHostKey } from "../../definitions/host-keys";
import type { ConnectionTest } from "./test-connection";

/** What a person reads of a connection that was tried. */
export function testText(result: ConnectionTest): string {
  const { server, connector, drift = [], isConnected, words, hostKey, isKeyDefined, credentials, next } = result;
  return [
    `${server}: ${isConnected ? "connected" : "not connected"} to ${connector.url}`,
    ...(words === undefined ? [] : [`The connector says: ${words}`]),
    ...(hostKey === undefined ? [] : [`Host key of the server: ${comparable(hostKey)}${keyText(isKeyDefined)}`]),
    ...("unknown" in credentials ? [`Credentials: unknown: ${credentials.unknown}`] : []),
    ...drift.map(({ field, deployed, defined }) => `${field} is ${deployed}; the definition says ${defined}`),
    ...(isConnected || connector.egressIps.length === 0
      ? []
      : [`The server has to let in connections from ${connector.egressIps.join(", ")}`]),
    ...(next === undefined ? [] : [`Next: ${next}`]),
  ]
    .map(printable)
    .join("\n");
}

/** As people compare keys; as AWS has it, where that is not in the form of a line of OpenSSH. */
function comparable(hostKey: string): string {
  if (!/^\S+ [\w+/]+=*$/.test(hostKey)) {
    return hostKey;
  }
  const { type, fingerprint } = knownHostKey(hostKey);
  return `${type} ${fingerprint}`;
}

function keyText(isDefined: boolean | undefined): string {
  if (isDefined === undefined) {
    return "";
  }
  return isDefined ? " (the definition names it)" : " (not under PublicKey in the definition)";
}
