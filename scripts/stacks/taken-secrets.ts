import { readFile } from "node:fs/promises";
import {
  DescribeSecretCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { stackFile } from "./manifest";
import type { StackPlan } from "./plan";
import { createdText, namedChanges } from "./plan-text";

/** A secret that has the name of one that a plan creates: Secrets Manager would refuse that. */
export interface TakenSecret {
  readonly stack: string;
  /** Of the resource, in the stack. */
  readonly address: string;
  readonly arn: string;
  /** When it was deleted, if it is in its recovery window. */
  readonly deleted: Date | undefined;
  /** The KMS key that encrypts it, as it was given: an ARN, id or alias. Undefined for the account's `aws/secretsmanager`. */
  readonly key: string | undefined;
  /** ARN of the key that the plan gives to the secret: the installation's own. Undefined where the plan does not tell it. */
  readonly plannedKey: string | undefined;
  /** Where the connector sends the credentials: `sftp://` and the definition's `Url`. */
  readonly url: string;
}

const TYPE = "aws_secretsmanager_secret";

const stackSchema = z.object({
  resource: z.object({
    [TYPE]: z.record(z.string(), z.object({ name: z.string() })),
    aws_transfer_connector: z.object({ connector: z.object({ url: z.string() }) }),
  }),
});

/** Milliseconds. Who has no way to Secrets Manager learns it from Terraform. */
const PATIENCE = { connectionTimeout: 3_000, requestTimeout: 10_000 };

/**
 * Asks Secrets Manager about the secrets that plans create. Who deploys with Terraform Cloud may have no credentials for AWS:
 * then nothing is found. What else goes wrong is told on stderr.
 */
export async function takenSecrets(plans: readonly StackPlan[], region: string): Promise<TakenSecret[]> {
  const created = await Promise.all(plans.filter(({ result }) => result === "differs").map(createdSecrets));
  if (created.flat().length === 0) {
    return [];
  }
  const client = new SecretsManagerClient({ region, requestHandler: PATIENCE });
  try {
    if (!(await hasCredentials(client))) {
      return [];
    }
    const found = await Promise.all(created.flat().map((secret) => find(client, secret)));
    return found.filter((secret) => secret !== undefined);
  } finally {
    client.destroy();
  }
}

interface CreatedSecret extends Omit<TakenSecret, "arn" | "deleted" | "key"> {
  readonly name: string;
}

/** Addresses of the secrets that a plan creates. */
export function createdSecretAddresses({ printed }: Pick<StackPlan, "printed">): string[] {
  return namedChanges(printed)
    .filter(({ address, what }) => address.startsWith(`${TYPE}.`) && what === "will be created")
    .map(({ address }) => address);
}

async function createdSecrets(plan: StackPlan): Promise<CreatedSecret[]> {
  const { stack, printed } = plan;
  const created = createdSecretAddresses(plan);
  if (created.length === 0) {
    return [];
  }
  const { resource } = stackSchema.parse(JSON.parse(await readFile(stackFile(stack), "utf8")));
  const { url } = resource.aws_transfer_connector.connector;
  return Object.entries(resource[TYPE])
    .map(([id, { name }]) => ({ stack, address: `${TYPE}.${id}`, name, url }))
    .filter(({ address }) => created.includes(address))
    .map((secret) => ({ ...secret, plannedKey: createdText(printed, secret.address, "kms_key_id") }));
}

async function hasCredentials(client: SecretsManagerClient): Promise<boolean> {
  return client.config.credentials().then(
    () => true,
    () => false,
  );
}

async function find(client: SecretsManagerClient, secret: CreatedSecret): Promise<TakenSecret | undefined> {
  const { name, ...planned } = secret;
  try {
    const { ARN, DeletedDate, KmsKeyId } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    return { ...planned, arn: ARN ?? name, deleted: DeletedDate, key: KmsKeyId };
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) {
      console.error(`Could not look whether the name of the secret ${name} is free: ${String(error)}`);
    }
    return undefined;
  }
}
