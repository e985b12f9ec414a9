import { DescribeSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { UserError } from "../../../../local/errors/user-error";
import { serverNames } from "../../../../stacks/naming/names";
import { AwsFailure } from "../access/aws-failure";
import { notDeployed } from "../access/deployed-syncs";
import { namedServer } from "../access/server-reference";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { type Login, secretValue } from "./secret-value";

export interface CredentialsOptions extends AwsOptions {
  /** Name of a server, or its definition's file. */
  readonly server: string;
  /** Asked where the secret holds credentials already. @returns whether they are to be replaced. */
  approve(secret: string): Promise<boolean>;
  /** Asked once it is certain that there is a secret to put the answer into. */
  login(secret: { readonly name: string; readonly hasValue: boolean }): Promise<Login>;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
}

export interface PutCredentials {
  readonly server: string;
  /** The secret's name. */
  readonly secret: string;
  /** Of the secret's new value. */
  readonly version: string;
  readonly username: string;
  /** What people should know of the credentials. */
  readonly notes: readonly string[];
}

/**
 * Puts credentials into a server's secret, once somebody has agreed in the place of what it held, and nowhere else.
 * @throws UserError where the server has no secret, nobody agrees, or no connector takes the credentials. @throws AwsFailure
 */
export async function putCredentials(options: CredentialsOptions): Promise<PutCredentials> {
  const session = options.session ?? (await openSession(options));
  const server = await namedServer(options.server, session.limits);
  const name = serverNames(session.installation, server.name).secret;
  const client = new SecretsManagerClient(session.config);
  try {
    const hasValue = await describe(session, client, name).catch(async (error: unknown) => {
      throw error instanceof AwsFailure && error.kind === "absent" ? await notDeployed(session, server) : error;
    });
    if (hasValue && !(await options.approve(name))) {
      throw new UserError(`The secret ${name} keeps the credentials that it holds`, {
        next: "the same command with --replace puts others in their place",
      });
    }
    const login = await options.login({ name, hasValue });
    const { json, notes } = secretValue(login);
    const command = new PutSecretValueCommand({ SecretId: name, SecretString: json });
    const { VersionId = "" } = await session.ask(`secretsmanager:PutSecretValue ${name}`, () => client.send(command));
    return { server: server.name, secret: name, version: VersionId, username: login.username, notes };
  } finally {
    client.destroy();
  }
}

/** @returns whether there is a value already. */
async function describe(session: AwsSession, client: SecretsManagerClient, name: string): Promise<boolean> {
  const { DeletedDate, VersionIdsToStages } = await session.ask(`secretsmanager:DescribeSecret ${name}`, () =>
    client.send(new DescribeSecretCommand({ SecretId: name })),
  );
  if (DeletedDate !== undefined) {
    throw new UserError(`The secret ${name} was deleted on ${DeletedDate.toISOString().slice(0, 10)}`, {
      next: "deploy the server again, which may restore it: docs/operations.md#a-server-that-comes-back",
    });
  }
  return Object.values(VersionIdsToStages ?? {}).some((stages) => stages.includes("AWSCURRENT"));
}
