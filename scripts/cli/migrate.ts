import type { Command } from "commander";
import { formatProblem, hasErrors } from "../../config/problems/problem";
import { printable } from "../../contract/printable";
import { UserError } from "../../local/errors/user-error";
import { COMMAND, shellWords } from "../commands/command-line";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import type { Migration } from "../commands/lifecycle/sample/migrate";
import { wrapped } from "../terminal/wrap";
import { addCommand } from "./add-command";
import { print, printJson } from "./print";

const DETAILS = `Reads configuration/sftp/*.json and configuration/solution_parameters/parameters.json of the AWS sample file-transfer-sync-solution. Each server becomes servers/NAME.yaml with Enabled: false; the parameters become settings in cdktf.json, where these say nothing else already. A key that nobody knows is an error, and with an error nothing is written. No file is overwritten, and AWS is not asked.

It tells what is otherwise here than with the sample. import NAME CONNECTOR-ID then takes over a connector of the sample, so that the partner goes on seeing its addresses.

Exit code: 0; 2 something is wrong in the sample's files.`;

interface Flags {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addMigrate(program: Command): void {
  addCommand(program, "migrate", {
    group: "definitions",
    summary: "make definitions of the configuration of the AWS sample file-transfer-sync-solution",
    details: DETAILS,
    examples: ["migrate ../file-transfer-sync-solution --dry-run", "migrate ../file-transfer-sync-solution"],
  })
    .argument("<folder>", "the sample's folder, or the one with its servers' files")
    .option("--dry-run", "show what would be written, and write nothing")
    .option("--yes", "write it without a question")
    .option("--json", "print the result as one JSON document")
    .action(migrateSample);
}

async function migrateSample(folder: string, { dryRun = false, yes = false, json = false }: Flags): Promise<void> {
  const { migrate } = await import("../commands/lifecycle/sample/migrate.js");
  const { promptsAtTerminal } = await import("../terminal/prompts.js");
  const again = `${COMMAND} ${shellWords(["migrate", folder])}`;
  const tell = (migration: Migration) => {
    for (const problem of migration.problems) {
      process.stderr.write(`${wrapped(formatProblem(problem), process.stderr)}\n`);
    }
    if (!json && !hasErrors(migration.problems)) {
      print(migrationText(migration));
    }
  };
  const approve = async (migration: Migration) => {
    if (yes || dryRun) {
      return yes && !dryRun;
    }
    const prompts = promptsAtTerminal(
      interruptionSignal(),
      `${again} --yes, or --dry-run to see what would be written`,
    );
    tell(migration);
    if (!(await prompts.confirm("Write these files?"))) {
      throw new UserError("Nothing was written", { next: again });
    }
    return true;
  };
  const migration = await migrate({ folder, approve });
  const isWrong = hasErrors(migration.problems);
  if (yes || dryRun || isWrong) {
    tell(migration);
  }
  if (json) {
    printJson({ ...migration, dryRun });
  } else if (isWrong) {
    print(`Nothing was written. Next: correct that, then ${again}`);
  } else {
    print(migration.written ? `\nWritten. Next: ${COMMAND} validate` : "\nNothing was written (--dry-run).");
  }
  process.exitCode = isWrong ? EXIT.usage : EXIT.ok;
}

function migrationText({ servers, settings, changes }: Migration): string {
  const set = Object.entries(settings).map(([name, value]) => `- ${name}: ${JSON.stringify(value)}`);
  return [
    "Definitions:",
    ...servers.map(({ from, file }) => `- ${file}, from ${printable(from)}`),
    ...(set.length === 0 ? [] : ["", "Settings for cdktf.json:", ...set]),
    "",
    "What is otherwise than with the sample:",
    ...changes.map((change) => `- ${change}`),
  ].join("\n");
}
