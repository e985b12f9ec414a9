import { DescribeSecretCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { UserError } from "../../../../local/errors/user-error";
import { AwsFailure } from "../access/aws-failure";
import { notDeployed } from "../access/deployed-syncs";
import type { NamedServer } from "../access/server-reference";
import type { AwsSession } from "../access/session";

/** Labels of a secret's versions, as Secrets Manager names them. The connector reads the current one. */
export const CURRENT = "AWSCURRENT";
export const PREVIOUS = "AWSPREVIOUS";
export const PENDING = "AWSPENDING";

/** A secret's versions, by their labels. */
export type SecretVersions = ReadonlyMap<string, string>;

/** @throws UserError where the server has no secret, or a deleted one. @throws AwsFailure */
export async function describedSecret(
  session: AwsSession,
  client: SecretsManagerClient,
  name: string,
  server: NamedServer,
): Promise<SecretVersions> {
  const described = session.ask(`secretsmanager:DescribeSecret ${name}`, () =>
    client.send(new DescribeSecretCommand({ SecretId: name })),
  );
  const { DeletedDate, VersionIdsToStages = {} } = await described.catch(async (error: unknown) => {
    throw error instanceof AwsFailure && error.kind === "absent" ? await notDeployed(session, server) : error;
  });
  if (DeletedDate !== undefined) {
    throw new UserError(`The secret ${name} was deleted on ${DeletedDate.toISOString().slice(0, 10)}`, {
      next: "deploy the server again, which may restore it: docs/operations.md#a-server-that-comes-back",
    });
  }
  return new Map(Object.entries(VersionIdsToStages).flatMap(([id, labels]) => labels.map((label) => [label, id])));
}
