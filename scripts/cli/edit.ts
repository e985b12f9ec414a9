import type { Command } from "commander";
import { formatProblem } from "../../config/problems/problem";
import { Declined } from "../../local/errors/user-error";
import { COMMAND, shellWords } from "../commands/command-line";
import { definitionFile } from "../commands/definition-file";
import { interruptionSignal } from "../commands/interruption";
import { promptsAtTerminal } from "../terminal/prompts";
import { addCommand } from "./add-command";
import { print, printExactly, printJson } from "./print";

const DETAILS = `Changes the fields that are named, or asks which. All else in the file stays as it is, comments too; the comment right above a field that is removed goes with it. The result is checked as validate does, and then written in one step.

A path names fields as validate does: Schedule, SyncSettings[0].Enabled. A sync may be named by its name: SyncSettings[reports].RemoteFolders.Folder. An index after the last one adds an entry. A value of a field that is no text is YAML:

  --set Schedule=@daily
  --set 'SyncSettings[reports].RemoteFolders.Include=["**/*.csv"]'
  --unset 'SyncSettings[reports]'`;

interface Flags {
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addEdit(program: Command): void {
  addCommand(program, "edit", {
    group: "definitions",
    summary: "change a definition, by questions or by options",
    details: DETAILS,
    examples: [
      "edit partner",
      "edit partner --set Schedule=@daily --dry-run",
      "edit partner --set Enabled=false --yes",
    ],
  })
    .argument("<server>", "a definition, by its name in servers/ or its file")
    .option("--set <path=value...>", "give a field this value")
    .option("--unset <path...>", "remove a field, an entry of a list, or a sync")
    .option("--dry-run", "show what would change, and write nothing")
    .option("--yes", "write without a question")
    .option("--json", "print the result as one JSON document")
    .action(edit);
}

async function edit(server: string, flags: Flags): Promise<void> {
  const { set = [], unset = [], dryRun = false, yes = false, json = false } = flags;
  const signal = interruptionSignal();
  const { changedText } = await import("../commands/definition-text/change.js");
  const { changeOfSet, changesOfUnset, fieldsOf } = await import("../commands/definitions/edit.js");
  const { expectValidChange, replaceFile, textOf } = await import("../commands/definitions/definition-store.js");
  const { diffText } = await import("../commands/definitions/diff.js");
  const file = await definitionFile(server);
  const before = await textOf(file);
  const isByFlags = set.length > 0 || unset.length > 0;
  const prompts =
    isByFlags && (yes || dryRun)
      ? undefined
      : promptsAtTerminal(signal, "Name the changes with --set and --unset, and give --yes or --dry-run.");
  let after = before;
  if (isByFlags) {
    const fields = fieldsOf(file, before);
    const changes = [...set.map((assignment) => changeOfSet(assignment, fields)), ...changesOfUnset(unset, fields)];
    after = changedText(file, before, changes);
  } else if (prompts !== undefined) {
    const { askChanges } = await import("../commands/definitions/ask-changes.js");
    after = await askChanges(before, { file, prompts, signal, env: process.env });
  }
  const diff = diffText(file, before, after, json ? process.stderr : process.stdout);
  if (diff !== "" && !json) {
    printExactly(diff);
  }
  const problems = await expectValidChange(file, after, `${COMMAND} edit ${shellWords([file])}`);
  for (const problem of problems) {
    process.stderr.write(`${formatProblem(problem)}\n`);
  }
  const isChanged = after !== before;
  if (isChanged && !dryRun && prompts !== undefined && !yes && !(await prompts.confirm(`Write it to ${file}?`))) {
    throw new Declined("Nothing was written", { next: `${COMMAND} edit ${shellWords([file])}` });
  }
  const isWritten = isChanged && !dryRun;
  if (isWritten) {
    await replaceFile(file, before, after);
  }
  if (json) {
    printJson({ file, changed: isChanged, written: isWritten, problems });
  } else {
    print(
      isWritten ? `Written: ${file}` : isChanged ? `Not written (--dry-run): ${file}` : `Nothing to change in ${file}.`,
    );
  }
}
