import type { Readable } from "node:stream";
import { errorCode } from "../../../../config/error-code";
import { FileTooLarge, readText, textOfStream } from "../../../../config/file-text";
import { UserError } from "../../../../local/errors/user-error";
import type { Prompts } from "../../../terminal/prompts";
import { userPath } from "../../paths";
import { type Login, passwordProblem, usernameProblem } from "./secret-value";

export interface LoginFlags {
  readonly username?: string | undefined;
  /** Whether the password comes on the standard input. */
  readonly passwordStdin?: boolean | undefined;
  /** Path of a private key's file. */
  readonly privateKey?: string | undefined;
}

/** A line is far shorter; a file that was named by mistake is not. */
const MOST_BYTES = 65_536;

type Input = Readable & { readonly isTTY?: boolean };

/** Whether the flags say all. */
export function isComplete({ username, passwordStdin, privateKey }: LoginFlags): boolean {
  return username !== undefined && (passwordStdin === true || privateKey !== undefined);
}

/** What the flags say. @throws UserError for a file or a password that cannot be read. */
export async function loginFromFlags(flags: LoginFlags, stdin: Input = process.stdin): Promise<Login> {
  const { username = "", passwordStdin = false, privateKey } = flags;
  if (passwordStdin && stdin.isTTY) {
    throw new UserError("--password-stdin reads a file or a pipe; a terminal would show the password", {
      next: "leave the option out: then the password is asked for, and not shown",
    });
  }
  return {
    username,
    ...(passwordStdin ? { password: withoutLineBreak(await typed(stdin)) } : {}),
    ...(privateKey === undefined ? {} : { privateKey: await keyFile(privateKey) }),
  };
}

/** Asks for what the flags leave open. @throws UserError, Interrupted */
export async function loginAtTerminal(flags: LoginFlags, prompts: Prompts): Promise<Login> {
  const username = flags.username ?? (await prompts.text("User name on the SFTP server", { check: usernameProblem }));
  const method =
    flags.privateKey === undefined
      ? await prompts.select("It logs in with", [
          { value: "password", label: "a password" },
          { value: "key", label: "a private key" },
          { value: "both", label: "a private key and a password" },
        ])
      : "key";
  const file =
    flags.privateKey ??
    (method === "password"
      ? undefined
      : await prompts.text("File of the private key", { placeholder: "~/.ssh/partner" }));
  const privateKey = file === undefined ? undefined : await keyFile(file);
  const password = method === "key" ? undefined : await prompts.password("Password", passwordProblem);
  return { username, password, privateKey };
}

/** @throws UserError for what is far more than a password: something else was piped in, which may have no end. */
async function typed(stdin: Input): Promise<string> {
  try {
    return await textOfStream(stdin, MOST_BYTES);
  } catch (error) {
    if (error instanceof FileTooLarge) {
      throw new UserError(`The standard input is too large for a password (${error.message})`, {
        next: "pipe the password alone into the command",
      });
    }
    throw new UserError(`The password cannot be read: ${errorCode(error) ?? String(error)}`, {
      next: "pipe it into the command as UTF-8 text",
    });
  }
}

/** What `echo` and files end with is no part of a password. */
function withoutLineBreak(line: string): string {
  return line.replace(/\r?\n$/, "");
}

async function keyFile(path: string): Promise<NonNullable<Login["privateKey"]>> {
  const file = userPath(path.replace(/^~(?=\/)/, process.env.HOME ?? "~"));
  try {
    return { text: await readText(file, MOST_BYTES), source: file };
  } catch (error) {
    if (error instanceof FileTooLarge) {
      throw new UserError(
        `${file} is too large for a private key (${error.bytes === undefined ? error.message : `${error.bytes} bytes`})`,
        {
          next: "name the file of the private key",
        },
      );
    }
    throw new UserError(`The private key cannot be read: ${file} (${errorCode(error) ?? String(error)})`, {
      next: "name a file that is there and that you may read",
    });
  }
}
