import { timingSafeEqual } from "node:crypto";
import { type AuthContext, type ParsedKey, utils } from "ssh2";

export interface LoginOptions {
  readonly username: string;
  readonly password?: string;
  /** Public keys, `type base64`. */
  readonly authorizedKeys?: readonly string[];
  /** How the password is asked for; many servers know only `keyboard-interactive`. */
  readonly passwordMethod?: "password" | "keyboard-interactive";
  /** Told every attempt to log in, before it is decided. */
  onLoginAttempt?(username: string): void;
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function parsePublicKey(line: string): ParsedKey {
  const key = utils.parseKey(line);
  if (key instanceof Error) {
    throw key;
  }
  return key;
}

/** Decides one attempt to log in. */
export function createLogin(options: LoginOptions): (attempt: AuthContext) => void {
  const { username, password, passwordMethod = "password" } = options;
  const keys = (options.authorizedKeys ?? []).map(parsePublicKey);
  const methods = [
    ...(keys.length > 0 ? (["publickey"] as const) : []),
    ...(password === undefined ? [] : [passwordMethod]),
  ];
  const isPassword = (text: string) => password !== undefined && same(Buffer.from(text), Buffer.from(password));

  return (attempt) => {
    options.onLoginAttempt?.(attempt.username);
    const decide = (accepted: boolean) => (accepted ? attempt.accept() : attempt.reject([...methods]));
    if (attempt.username !== username) {
      decide(false);
    } else if (attempt.method === "publickey") {
      const { key, blob, signature, hashAlgo } = attempt;
      const known = keys.find((candidate) => same(candidate.getPublicSSH(), key.data));
      // Without a signature the client only asks whether the key would do.
      decide(known !== undefined && (!blob || !signature || known.verify(blob, signature, hashAlgo) === true));
    } else if (attempt.method === "password" && passwordMethod === "password") {
      decide(isPassword(attempt.password));
    } else if (attempt.method === "keyboard-interactive" && passwordMethod === "keyboard-interactive") {
      attempt.prompt([{ prompt: "Password: ", echo: false }], (answers) => decide(isPassword(answers[0] ?? "")));
    } else {
      decide(false);
    }
  };
}
