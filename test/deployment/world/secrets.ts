import { GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type { SftpCredentials } from "../../../local/transfer/remote-server";
import type { Clients } from "./clients";

/** Does what a person does with credentials: puts them into the secret, in the form of {@link secretText}. */
export async function putCredentials(
  { secrets }: Clients,
  secretArn: string,
  credentials: SftpCredentials,
): Promise<void> {
  await secrets.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: secretText(credentials) }));
}

/** A secret's value, as Transfer Family expects it. */
function secretText({ username, password, privateKey }: SftpCredentials): string {
  return JSON.stringify({ Username: username, Password: password, PrivateKey: privateKey });
}

export async function secretValue({ secrets }: Clients, secretArn: string): Promise<string | undefined> {
  return (await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }))).SecretString;
}

/** Pieces of credentials that give them away wherever they stand, also within JSON. */
export function telltales({ password, privateKey }: SftpCredentials): string[] {
  const [, firstLineOfKey] = privateKey?.split("\n") ?? [];
  return [password, firstLineOfKey].filter((text) => text !== undefined);
}
