import { type Command, InvalidArgumentError, Option } from "commander";
import { printable } from "../../contract/printable";
import { COMMAND, shellWords } from "../commands/command-line";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import type { LocalOptions } from "../commands/local";
import { ProgressView } from "../commands/progress-view";
import { resultDocument, summary } from "../commands/summary";
import { askAtTerminal, isSomebodyThere } from "../commands/terminal-question";
import { addCommand } from "./add-command";
import { print, printJson } from "./print";
import { tell } from "./tell";
import { utcSeconds } from "./utc-seconds";

const DETAILS = `The credentials come from the environment: SFTP_USERNAME, and SFTP_PASSWORD or SFTP_PRIVATE_KEY_FILE. They go to the server that the definition names in Url. On a terminal the command asks first, where the file is not on the default branch as it is. A password stays out of the shell's history like this:

  read -rs SFTP_PASSWORD && export SFTP_PASSWORD
  SFTP_USERNAME=me ${COMMAND} local servers/partner.yaml --dry-run

Exit code: 0 every run succeeded or was skipped; 1 a run failed, or the data directory or the result could not be written; 2 wrong definition or usage.`;

type Flags = Pick<LocalOptions, "sync" | "data" | "compare" | "fromTimestamp" | "dryRun" | "all" | "faults"> & {
  readonly json?: boolean;
  readonly yes?: boolean;
};

export function addLocal(program: Command): void {
  addCommand(program, "local", {
    group: "here",
    summary: "run a definition on this machine, against its real SFTP server, without an AWS account",
    details: DETAILS,
    examples: [
      "local servers/partner.yaml --dry-run",
      "local partner --sync invoices",
      "local servers/partner.yaml --json > result.json",
    ],
  })
    .argument("<definition>", "a server's YAML file, such as servers/partner.yaml, or the name of one in servers/")
    .option("--sync <name>", "run only this sync, even if it is disabled")
    .option("--data <dir>", "where buckets and state are kept between calls (default: .local)", folder)
    .addOption(
      new Option("--compare", "hold every file against S3: what was deleted there comes back").conflicts(
        "fromTimestamp",
      ),
    )
    .option("--from-timestamp <seconds>", "the same, but only for files modified at this UTC time or later", utcSeconds)
    .option("--faults <file>", "let go wrong on purpose what this file says (docs/faults.md)")
    .option("--yes", "send the credentials to the server of a definition that is not on the default branch")
    .option("--dry-run", "decide and report, but transfer nothing")
    .option("--all", "name all files that were transferred or skipped, or in a dry run would be, not just the first")
    .option("--json", "print the result as one JSON document")
    .action(local);
}

async function local(definition: string, { json = false, yes = false, ...flags }: Flags): Promise<void> {
  // Partners' data, and what functions say of it, are for nobody else on this machine.
  process.umask(0o077);
  const view = new ProgressView(process.stderr);
  view.preparing(`Starting what runs ${printable(definition)}`);
  // Stacks and services take long to load: only who runs a definition waits for them.
  const { runLocal } = await import("../commands/local.js");
  const notice = (text: string) => view.line(text);
  const signal = interruptionSignal();
  const ask = yes || !isSomebodyThere() ? undefined : (question: string) => askAtTerminal(question, signal);
  const run = runLocal({ definition, ...flags, ask, observer: view, notice, signal });
  const result = await run.finally(() => view.end());
  const failed = result.failure !== undefined || result.runs.some(({ status }) => status === "FAILED");
  const again = (args: readonly string[]) => `${COMMAND} ${shellWords(args)}`;
  const args = process.argv.slice(2);
  const afterFailure = `mend that, then ${again(args)}, which goes on with what is left`;
  const afterSuccess =
    flags.dryRun === true
      ? again(args.filter((arg) => arg !== "--dry-run"))
      : `${again(["preview", definition])}  (what a run on AWS would do, and cost)`;
  if (json) {
    printJson(resultDocument(result));
  } else {
    print(summary(result, failed ? afterFailure : result.runs.length === 0 ? undefined : afterSuccess));
  }
  if (result.failure !== undefined) {
    tell(result.failure, { next: afterFailure, json: false });
  }
  process.exitCode = failed ? EXIT.failed : EXIT.ok;
}

function folder(text: string): string {
  if (text === "") {
    throw new InvalidArgumentError("Allowed: a folder, which is made where there is none.");
  }
  return text;
}
