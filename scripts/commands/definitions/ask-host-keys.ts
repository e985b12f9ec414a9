import { Declined } from "../../../local/errors/user-error";
import type { Prompts } from "../../terminal/prompts";
import { hostKeyLines } from "./host-key-text";
import { acceptedHostKeys, keysByFingerprint, serverHostKeys } from "./host-keys";

const ED25519 = "The ed25519 key is there for you to compare. It cannot be in PublicKey.";

export interface HostKeyAnswers {
  /** Fingerprints that are right; none: somebody is asked. */
  readonly accept: readonly string[];
  readonly prompts: () => Prompts;
  readonly signal: AbortSignal;
}

/**
 * The keys of a server for PublicKey: it shows them, and a person says that they are its own.
 * @returns each as `type base64`, at least one. @throws UserError, RemoteFailure, Interrupted
 */
export async function confirmedHostKeys(url: string, { accept, prompts, signal }: HostKeyAnswers): Promise<string[]> {
  const asked = accept.length > 0 ? undefined : prompts(); // Where nobody can be asked, no server is.
  const shown = await serverHostKeys(url, signal);
  const accepted = acceptedHostKeys(url, shown);
  if (asked === undefined) {
    return keysByFingerprint(accepted, accept, url).map(({ key }) => key);
  }
  const isCompared = shown.some(({ accepted, refusal }) => !accepted && refusal === undefined);
  asked.note(`${hostKeyLines(shown)}${isCompared ? `\n\n${ED25519}` : ""}`, `Host keys that ${url} shows`);
  if (!(await asked.confirm("PublicKey: are these the fingerprints that the server's owner told you?", false))) {
    throw new Declined("Nothing was written: the host keys are not confirmed", {
      next: "ask the server's owner for the fingerprints of its host keys, and run the command again",
    });
  }
  return accepted.map(({ key }) => key);
}
