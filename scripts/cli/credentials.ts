import type { Command } from "commander";
import type { LoginFlags } from "../commands/aws/credentials/login";
import { interruptionSignal } from "../commands/interruption";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printJson } from "./print";

type Flags = AwsFlags & LoginFlags & { readonly replace?: boolean };

const DETAILS = `Asks for what the options leave open; what is typed as a password is not shown. Where the secret holds credentials already, it asks before it replaces them; a script says --replace. The value is written nowhere else. There is no option for the password itself, since it would stay in the shell's history.

A private key has to be RSA or ECDSA, without a passphrase. OpenSSH's own form is converted to PEM, which connectors take.`;

export function addCredentials(program: Command): void {
  addAwsCommand(program, "credentials", {
    summary: "put a server's user name, and password or private key, into its secret on AWS",
    details: DETAILS,
    examples: [
      "credentials partner",
      "credentials partner --username sync --private-key ~/.ssh/partner",
      "credentials partner --username sync --password-stdin --replace < password.txt",
    ],
  })
    .argument("<server>", "a server's name, or its definition's file")
    .option("--username <name>", "user name on the SFTP server")
    .option("--password-stdin", "read the password from the standard input")
    .option("--private-key <file>", "the file of the private key")
    .option("--replace", "replace the credentials that the secret holds, without a question")
    .action(credentials);
}

async function credentials(server: string, { json = false, replace = false, ...flags }: Flags): Promise<void> {
  const { putCredentials } = await import("../commands/aws/credentials/put-credentials.js");
  const { isComplete, loginAtTerminal, loginFromFlags } = await import("../commands/aws/credentials/login.js");
  const { nextCommand } = await import("../commands/aws/access/next-command.js");
  const { promptsAtTerminal } = await import("../terminal/prompts.js");
  const prompts = isComplete(flags)
    ? undefined
    : promptsAtTerminal(
        interruptionSignal(),
        "--username with --private-key FILE, or with --password-stdin, asks nothing",
      );
  const { notes, username, ...put } = await putCredentials({
    server,
    ...flags,
    approve: async (secret) => {
      process.stderr.write(`The secret ${secret} holds credentials already.\n`);
      return (
        replace ||
        promptsAtTerminal(interruptionSignal(), "the same command with --replace").confirm("Replace them?", false)
      );
    },
    login: async ({ name, hasValue }) => {
      if (prompts === undefined) {
        return loginFromFlags(flags);
      }
      prompts.note(hasValue ? "These replace the credentials that it holds." : "It holds none yet.", name);
      return loginAtTerminal(flags, prompts);
    },
  });
  notes.forEach((note) => {
    process.stderr.write(`${note}\n`);
  });
  if (json) {
    printJson({ ...put, username });
  } else {
    print(
      `The secret ${put.secret} holds the credentials of ${username}; the connector uses them from its next connection on.`,
    );
    print(`Next: ${nextCommand(["test", server], flags)}`);
  }
}
