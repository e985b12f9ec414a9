import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RestoreSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { isApproved } from "./approval";
import { stackFolder } from "./manifest";
import type { StackOptions } from "./options";
import { SECTION, takeoverOf } from "./secret-takeover";
import type { TakenSecret } from "./taken-secrets";

/** Holds the block by which Terraform takes a secret over. */
const IMPORT_FILE = "restored-secret.tf.json";

/** What else can be done about a secret that nobody wanted restored. */
const INSTEAD = `the same command with --restore-secrets, or delete the secret for good: ${SECTION}`;

/**
 * Whether a secret is to be restored and taken over. The definition says where its credentials are sent then, and so somebody who
 * knows that has to say it. A secret that may be somebody else's is never restored. Tells on stderr what is decided without a
 * question, and why the stack is left out.
 */
export async function isToBeRestored(
  secret: TakenSecret,
  { autoApprove, restoreSecrets }: Pick<StackOptions, "autoApprove" | "restoreSecrets">,
  signal: AbortSignal,
): Promise<boolean> {
  const takeover = takeoverOf(secret);
  if (!takeover.isPossible) {
    return leaveOut(secret, takeover.why, takeover.next);
  }
  if (restoreSecrets) {
    console.error(`\n${takeover.what}`);
    return true;
  }
  const question = `\n${takeover.what}\nRestore it now, and take it over?`;
  return (!autoApprove && (await isApproved(question, signal))) || leaveOut(secret, takeover.what, INSTEAD);
}

function leaveOut({ stack }: TakenSecret, why: string, next: string): false {
  console.error(`\n${stack} is left out. ${why}\nNext: ${next}`);
  return false;
}

/** Restores a secret, and has the next plan of its stack take it over. */
export async function restore({ stack, address, arn }: TakenSecret, region: string): Promise<void> {
  const client = new SecretsManagerClient({ region });
  try {
    await client.send(new RestoreSecretCommand({ SecretId: arn }));
  } finally {
    client.destroy();
  }
  console.error(`Restored ${arn}`);
  await writeFile(join(stackFolder(stack), IMPORT_FILE), JSON.stringify({ import: [{ to: address, id: arn }] }));
}

/** For stacks whose secrets are in their state, or are not to be taken over any more. */
export async function forgetRestored(stacks: readonly string[]): Promise<void> {
  await Promise.all(stacks.map((stack) => rm(join(stackFolder(stack), IMPORT_FILE), { force: true })));
}
