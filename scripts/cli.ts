import { Command, InvalidArgumentError, Option } from "commander";
import { formatProblem, hasErrors } from "../config/problems/problem";
import { printableJson } from "../contract/printable";
import { LATEST_SECONDS } from "../contract/run-event";
import { againstText } from "./commands/against-text";
import { goOnWithoutReaders } from "./commands/closed-streams";
import { COMMAND, shellWords } from "./commands/command-line";
import { EXIT } from "./commands/exit-codes";
import { describeFailure } from "./commands/failure";
import { interruptionSignal } from "./commands/interruption";
import type { LocalOptions } from "./commands/local";
import { ProgressView } from "./commands/progress-view";
import { resultDocument, summary } from "./commands/summary";
import { targetsText } from "./commands/targets";
import { askAtTerminal } from "./commands/terminal-question";

const program = new Command("sftp-sync")
  .description("Keeps S3 buckets up to date with remote SFTP servers.")
  .showHelpAfterError(`Next: ${COMMAND} --help`)
  .exitOverride();

program
  .command("local")
  .showHelpAfterError(`Next: ${COMMAND} local --help`)
  .description("run a definition on this machine, against its real SFTP server, without an AWS account")
  .argument("<definition>", "a server's YAML file, such as servers/partner.yaml")
  .option("--sync <name>", "run only this sync, even if it is disabled")
  .option("--data <dir>", "where buckets and state are kept between calls (default: .local)", folder)
  .addOption(
    new Option("--compare", "hold every file against S3: what was deleted there comes back").conflicts("fromTimestamp"),
  )
  .option("--from-timestamp <seconds>", "the same, but only for files modified at this UTC time or later", seconds)
  .option("--faults <file>", "let go wrong on purpose what this file says (docs/faults.md)")
  .option("--yes", "send the credentials to the server of a definition that is not on the default branch")
  .option("--dry-run", "decide and report, but transfer nothing")
  .option("--json", "print the result as one JSON document")
  .addHelpText(
    "after",
    `
The credentials come from the environment: SFTP_USERNAME, and SFTP_PASSWORD or SFTP_PRIVATE_KEY_FILE. They go to the server that
the definition names in Url. On a terminal the command asks first, where the file is not on the default branch as it is.
Exit code: 0 every run succeeded or was skipped; 1 a run failed, or the data directory or the result could not be written;
2 wrong definition or usage.

Example:
  read -rs SFTP_PASSWORD && export SFTP_PASSWORD     (keeps it out of the shell's history)
  SFTP_USERNAME=me ${COMMAND} local servers/partner.yaml --dry-run`,
  )
  .action(local);

program
  .command("validate")
  .showHelpAfterError(`Next: ${COMMAND} validate --help`)
  .description("check definitions: those given, or all in servers/")
  .argument("[files...]")
  .option(
    "--against <list>",
    "show which of these paths each sync takes, and why not the others; - for the standard input",
  )
  .option("--json", "print the result as one JSON document")
  .addHelpText(
    "after",
    `
A list has one path a line, relative to Folder or from the server's root, as printed by find . -type f
or rclone lsf -R --files-only.

Examples:
  ${COMMAND} validate servers/partner.yaml
  ${COMMAND} validate servers/partner.yaml --against paths.txt`,
  )
  .action(validateFiles);

type LocalFlags = Pick<LocalOptions, "sync" | "data" | "compare" | "fromTimestamp" | "dryRun" | "faults"> & {
  readonly json?: boolean;
  readonly yes?: boolean;
};

async function local(definition: string, { json = false, yes = false, ...flags }: LocalFlags): Promise<void> {
  // Partners' data, and what functions say of it, are for nobody else on this machine.
  process.umask(0o077);
  // Stacks and services take long to load: only who runs a definition waits for them.
  const { runLocal } = await import("./commands/local.js");
  const view = new ProgressView(process.stderr);
  const notice = (text: string) => view.line(text);
  const signal = interruptionSignal();
  const isAtTerminal = process.stdin.isTTY && process.stderr.isTTY;
  const ask = yes || !isAtTerminal ? undefined : (question: string) => askAtTerminal(question, signal);
  const run = runLocal({ definition, ...flags, ask, observer: view, notice, signal });
  const result = await run.finally(() => view.end());
  const next = `${COMMAND} ${shellWords(process.argv.slice(2))}  (goes on with what is left)`;
  print(json ? printableJson(resultDocument(result)) : summary(result, { next }));
  if (result.failure !== undefined) {
    tell(result.failure);
  }
  const failed = result.failure !== undefined || result.runs.some(({ status }) => status === "FAILED");
  process.exitCode = failed ? EXIT.failed : EXIT.ok;
}

interface ValidateFlags {
  readonly json?: boolean;
  readonly against?: string;
}

async function validateFiles(files: string[], { json = false, against: list }: ValidateFlags): Promise<void> {
  const { validate } = await import("./commands/validate.js");
  const { definitions, problems, targets, against } = await validate(files, list);
  const valid = !hasErrors(problems);
  if (json) {
    print(JSON.stringify({ valid, servers: definitions.map(({ name }) => name), problems, targets, against }, null, 2));
  } else {
    problems.map(formatProblem).forEach((line) => {
      console.error(line);
    });
    if (targets !== undefined && targets.length > 0) {
      print(`${targetsText(targets)}\n`);
    }
    if (against !== undefined) {
      print(`${againstText(against)}\n`);
    }
    print(verdict(valid, files, definitions.length));
  }
  process.exitCode = valid ? EXIT.ok : EXIT.usage;
}

/** @param files those that were named; none: all in servers/. */
function verdict(valid: boolean, files: readonly string[], servers: number): string {
  if (!valid) {
    return `Not valid. Next: correct it, then ${COMMAND} ${shellWords(["validate", ...files])}`;
  }
  return servers === 0
    ? "No definitions found. Next: copy servers/example.yaml to servers/NAME.yaml"
    : `${servers} valid definition(s). Next: ${COMMAND} local ${files.length === 1 ? shellWords(files) : "FILE"}`;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > LATEST_SECONDS) {
    throw new InvalidArgumentError("Allowed: UTC seconds since 1970, such as 1767225600 (not milliseconds).");
  }
  return value;
}

function folder(text: string): string {
  if (text === "") {
    throw new InvalidArgumentError("Allowed: a folder, which is made where there is none.");
  }
  return text;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

goOnWithoutReaders(process);
program.parseAsync().catch((error: unknown) => {
  process.exitCode = tell(error);
});

/** Says an error. @returns the exit code that belongs to it. */
function tell(error: unknown): number {
  const { text, exitCode } = describeFailure(error, `${COMMAND} ${program.args[0] ?? ""} --help`);
  if (text !== "") {
    process.stderr.write(`${text}\n`);
  }
  return exitCode;
}
