import { type Command, Option } from "commander";
import type { LoginFlags } from "../commands/aws/credentials/login";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import { wrapped } from "../terminal/wrap";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printJson } from "./print";

type Flags = AwsFlags &
  LoginFlags & {
    readonly replace?: boolean;
    readonly next?: boolean;
    readonly promote?: boolean;
    readonly back?: boolean;
    readonly discard?: boolean;
  };

/** What may become of credentials that are there. */
const STEPS = ["promote", "back", "discard"] as const;

const DETAILS = `Asks for what the options leave open; what is typed as a password is not shown. Where the secret holds credentials already, it asks before it replaces them; a script says --replace. The value is written nowhere else. There is no option for the password itself, since it would stay in the shell's history.

A private key has to be RSA or ECDSA, without a passphrase. OpenSSH's own form is converted to PEM, which connectors take.

Where the SFTP server takes old and new credentials for a while, --next puts the new ones beside those in use, and --promote makes them current, has the connector log in with them, and returns to the old ones where it does not get in (exit code 1). --back does so later.`;

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
    .addOption(
      new Option("--next", "put them beside those in use, for later (AWSPENDING)").conflicts(["replace", ...STEPS]),
    )
    .addOption(
      new Option("--promote", "use the next credentials from now on, if the connector gets in").conflicts(
        STEPS.slice(1),
      ),
    )
    .addOption(new Option("--back", "use those from before again (AWSPREVIOUS)").conflicts(["discard"]))
    .option("--discard", "drop the next credentials")
    .action(credentials);
}

async function credentials(server: string, flags: Flags): Promise<void> {
  const step = STEPS.find((name) => flags[name]);
  await (step === undefined ? put(server, flags) : rotate(server, step, flags));
}

async function rotate(server: string, step: (typeof STEPS)[number], { json = false, ...flags }: Flags): Promise<void> {
  const { rotateCredentials } = await import("../commands/aws/credentials/rotation.js");
  const { testText } = await import("../commands/aws/status/test-text.js");
  const rotation = await rotateCredentials({ server, step, ...flags, signal: interruptionSignal() });
  const { secret, test, isUndone } = rotation;
  if (json) {
    printJson(rotation);
  } else {
    const done = { promote: "The next credentials are current", back: "Those from before are current again" };
    const said = step === "discard" ? "The next credentials are dropped" : done[step];
    print(`${secret}: ${isUndone ? "the credentials are those that they were; the next ones wait" : said}.`);
    if (test !== undefined) {
      print(testText(test));
    }
  }
  process.exitCode = test === undefined || test.isConnected ? EXIT.ok : EXIT.failed;
}

async function put(
  server: string,
  { json = false, replace = false, next: isNext = false, ...flags }: Flags,
): Promise<void> {
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
  const { notes, username, ...stored } = await putCredentials({
    server,
    isNext,
    ...flags,
    approve: async (secret) => {
      process.stderr.write(`${wrapped(`The secret ${secret} holds credentials already.`, process.stderr)}\n`);
      return (
        replace ||
        promptsAtTerminal(interruptionSignal(), "the same command with --replace").confirm("Replace them?", false)
      );
    },
    login: async ({ name, hasValue }) => {
      if (prompts === undefined) {
        return loginFromFlags(flags);
      }
      prompts.note(
        isNext
          ? "These wait beside those in use."
          : hasValue
            ? "These replace the credentials that it holds."
            : "It holds none yet.",
        name,
      );
      return loginAtTerminal(flags, prompts);
    },
  });
  notes.forEach((note) => {
    process.stderr.write(`${wrapped(note, process.stderr)}\n`);
  });
  if (json) {
    printJson({ ...stored, username });
  } else {
    const [what, use] = isNext
      ? ["next credentials, of", "those in use stay in use until the next ones are promoted"]
      : ["credentials of", "the connector uses them from its next connection on"];
    print(`The secret ${stored.secret} holds the ${what} ${username}; ${use}.`);
    print(`Next: ${nextCommand(isNext ? ["credentials", server, "--promote"] : ["test", server], flags)}`);
  }
}
