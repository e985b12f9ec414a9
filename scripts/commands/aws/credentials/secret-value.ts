import { UserError } from "../../../../local/errors/user-error";
import { connectorKey } from "../../../../local/runner/connector-key";

/** What a connector logs in with. */
export interface Login {
  readonly username: string;
  readonly password?: string | undefined;
  /** The file's text, and how to name it in messages. */
  readonly privateKey?: { readonly text: string; readonly source: string } | undefined;
}

export interface SecretValue {
  /** As Transfer Family expects it in the connector's secret. */
  readonly json: string;
  /** What people should know of it. */
  readonly notes: readonly string[];
}

/** A secret's value (Secrets Manager quotas), in bytes. */
const MOST_BYTES = 65_536;

/** Why a text cannot be a user name; `undefined` where it can. */
export function usernameProblem(text: string): string | undefined {
  if (text === "") {
    return "The user name is empty.";
  }
  if (/\p{Cc}/u.test(text)) {
    return "The user name holds a line break or another control character.";
  }
  return text === text.trim() ? undefined : "The user name has blanks around it.";
}

/** The same of a password. */
export function passwordProblem(text: string): string | undefined {
  if (text === "") {
    return "The password is empty.";
  }
  return /\p{Cc}/u.test(text) ? "The password holds a line break or another control character." : undefined;
}

/**
 * Makes the value of a server's secret: `Username`, and `Password`, `PrivateKey` or both.
 * @throws UserError for what no connector takes; its message shows no secret.
 */
export function secretValue({ username, password, privateKey }: Login): SecretValue {
  const problem = usernameProblem(username) ?? (password === undefined ? undefined : passwordProblem(password));
  if (problem !== undefined) {
    throw new UserError(problem, { next: "the same command with the right one" });
  }
  const key = privateKey === undefined ? undefined : connectorKey(privateKey.text, privateKey.source);
  const json = JSON.stringify({
    Username: username,
    ...(password === undefined ? {} : { Password: password }),
    ...(key === undefined ? {} : { PrivateKey: key.pem }),
  });
  const bytes = Buffer.byteLength(json);
  if (bytes > MOST_BYTES) {
    throw new UserError(`The credentials have ${bytes} bytes; a secret takes ${MOST_BYTES}`, {
      next: "check that the files are the right ones",
    });
  }
  return { json, notes: key?.notes ?? [] };
}
