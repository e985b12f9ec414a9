import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RestoreSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { isApproved } from "./approval";
import { stackFolder } from "./manifest";
import type { StackOptions } from "./options";
import type { TakenSecret } from "./taken-secrets";

/** Holds the block by which Terraform takes a secret over. */
const IMPORT_FILE = "restored-secret.tf.json";

/** What is said of a secret, to people who are asked about it and to those who cannot be. */
export function aboutSecret({ arn, deleted }: TakenSecret): string {
  return deleted === undefined
    ? `The secret ${arn} is there already, and not in the stack's state.`
    : `The secret ${arn} was deleted on ${deleted.toISOString().slice(0, 10)}; its recovery window has not ended.`;
}

/** What else can be done about it. */
export const INSTEAD =
  "the same command with --restore-secrets, or delete the secret for good: docs/operations.md#a-server-that-comes-back";

/** Whether a secret is to be restored and taken over: the old credentials count again then, and so somebody has to say it. */
export async function isToBeRestored(
  secret: TakenSecret,
  { autoApprove, restoreSecrets }: Pick<StackOptions, "autoApprove" | "restoreSecrets">,
  signal: AbortSignal,
): Promise<boolean> {
  if (restoreSecrets || autoApprove) {
    return restoreSecrets;
  }
  const what = secret.deleted === undefined ? "Take it over" : "Restore it now, and take it over";
  return isApproved(`\n${aboutSecret(secret)}\n${what}, with the credentials that it holds?`, signal);
}

/** Restores a secret, and has the next plan of its stack take it over. */
export async function restore({ stack, address, arn, deleted }: TakenSecret, region: string): Promise<void> {
  if (deleted !== undefined) {
    const client = new SecretsManagerClient({ region });
    try {
      await client.send(new RestoreSecretCommand({ SecretId: arn }));
    } finally {
      client.destroy();
    }
    console.error(`Restored ${arn}`);
  }
  await writeFile(join(stackFolder(stack), IMPORT_FILE), JSON.stringify({ import: [{ to: address, id: arn }] }));
}

/** For stacks whose secrets are in their state, or are not to be taken over any more. */
export async function forgetRestored(stacks: readonly string[]): Promise<void> {
  await Promise.all(stacks.map((stack) => rm(join(stackFolder(stack), IMPORT_FILE), { force: true })));
}
