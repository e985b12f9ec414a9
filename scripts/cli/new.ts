import type { Command } from "commander";
import { formatProblem } from "../../config/problems/problem";
import { Declined } from "../../local/errors/user-error";
import { COMMAND, shellWords } from "../commands/command-line";
import type { NewFlags } from "../commands/definitions/new";
import { interruptionSignal } from "../commands/interruption";
import { promptsAtTerminal } from "../terminal/prompts";
import { addCommand } from "./add-command";
import { print, printJson } from "./print";
import { shownFile } from "./shown-file";
import { addSyncOptions } from "./sync-options";

const DETAILS = `Asks for what no option gives, checks each answer as validate does, and shows the file before it is written. A file that is there is never overwritten. Without a terminal: NAME, --url, --public-key or --accept-host-key, --folder, --bucket, --schedule and --yes.

The server's host keys are shown without a login. With SFTP_USERNAME, and SFTP_PASSWORD or SFTP_PRIVATE_KEY_FILE, in the environment, it offers to list the server's folders.`;

/** What does without questions. */
const INSTEAD =
  "Give NAME, --url, --public-key or --accept-host-key, --folder, --bucket, --schedule and --yes, which ask nothing.";

type Flags = Omit<NewFlags, "name"> & { readonly yes?: boolean; readonly json?: boolean };

export function addNew(program: Command): void {
  const command = addCommand(program, "new", {
    group: "definitions",
    summary: "write a new definition to servers/, by questions or by options",
    details: DETAILS,
    examples: [
      "new",
      "new partner --url sftp.example.com:2222",
      'new partner --url sftp.example.com --accept-host-key SHA256:... --folder /out --bucket lake --schedule "@hourly" --yes',
    ],
  })
    .argument("[name]", "Name of the definition, and of its file: servers/NAME.yaml")
    .option("--description <text>", "Description: free text for the dashboard")
    .option("--url <host>", "Url: HOST or HOST:PORT")
    .option("--public-key <key...>", "PublicKey: a host key, as type and base64; then the server is not asked")
    .option(
      "--accept-host-key <fingerprint...>",
      "PublicKey: that of the server's host keys which has this fingerprint",
    );
  addSyncOptions(command)
    .option("--yes", "write the file without a question")
    .option("--json", "print the result as one JSON document")
    .action(newDefinition);
}

async function newDefinition(name: string | undefined, flags: Flags): Promise<void> {
  const { yes = false, json = false, ...given } = flags;
  const signal = interruptionSignal();
  const prompts = () => promptsAtTerminal(signal, INSTEAD);
  const { prepareDefinition } = await import("../commands/definitions/new.js");
  const { writeNewFile } = await import("../commands/definitions/definition-store.js");
  const asked = yes ? undefined : prompts();
  const prepared = await prepareDefinition({ flags: { ...given, name }, prompts, signal, env: process.env });
  const { file, text, problems } = prepared;
  for (const problem of problems) {
    process.stderr.write(`${formatProblem(problem)}\n`);
  }
  if (asked !== undefined) {
    asked.note(shownFile(text), file);
    if (!(await asked.confirm(`Write it to ${file}?`))) {
      throw new Declined("Nothing was written", { next: `${COMMAND} new` });
    }
  }
  await writeNewFile(file, text);
  if (json) {
    printJson({ server: prepared.name, file, problems });
  } else {
    print(`Written: ${file}\nNext: ${COMMAND} local ${shellWords([file])} --dry-run`);
  }
}
