import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { serverNames } from "../../../../config/naming/aws-names";
import { UserError } from "../../../../local/errors/user-error";
import { namedServer } from "../access/server-reference";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { type Login, secretValue } from "./secret-value";
import { CURRENT, describedSecret, PENDING } from "./secret-versions";

export interface CredentialsOptions extends AwsOptions {
  /** Name of a server, or its definition's file. */
  readonly server: string;
  /** Whether these are to follow the current ones, which stay in use until then. */
  readonly isNext?: boolean | undefined;
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
  readonly secretVersion: string;
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
    const hasValue = (await describedSecret(session, client, name, server)).has(CURRENT);
    const { isNext = false } = options;
    if (isNext && !hasValue) {
      throw new UserError(`The secret ${name} holds no credentials yet, which others could follow`, {
        next: "the same command without --next",
      });
    }
    if (hasValue && !isNext && !(await options.approve(name))) {
      throw new UserError(`The secret ${name} keeps the credentials that it holds`, {
        next: "the same command with --replace puts others in their place",
      });
    }
    const login = await options.login({ name, hasValue });
    const { json, notes } = secretValue(login);
    const labels = isNext ? { VersionStages: [PENDING] } : {};
    const command = new PutSecretValueCommand({ SecretId: name, SecretString: json, ...labels });
    const { VersionId = "" } = await session.ask(`secretsmanager:PutSecretValue ${name}`, () => client.send(command));
    return { server: server.name, secret: name, secretVersion: VersionId, username: login.username, notes };
  } finally {
    client.destroy();
  }
}
