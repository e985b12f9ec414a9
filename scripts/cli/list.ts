import type { Command } from "commander";
import { formatProblem } from "../../config/problems/problem";
import { onOneLine } from "../../config/problems/received";
import { withoutCiCommands } from "../../contract/ci-commands";
import { printable } from "../../contract/printable";
import { COMMAND, shellWords } from "../commands/command-line";
import { environmentName } from "../commands/environment";
import { EXIT } from "../commands/exit-codes";
import { count } from "../commands/figures";
import { addCommand } from "./add-command";
import { print, printJson } from "./print";

export function addList(program: Command): void {
  addCommand(program, "list", {
    group: "definitions",
    summary: "list the servers in servers/, or those of an environment: syncs, schedules, buckets",
    details: "Exit code: 0; 2 where a file is not valid: it is named, and not in the list.",
    examples: ["list", "list --json"],
  })
    .option("--json", "print the result as one JSON document")
    .action(list);
}

async function list({ json = false }: { readonly json?: boolean }): Promise<void> {
  const { listServers, listText } = await import("../commands/definitions/list.js");
  const found = await listServers();
  const { servers, invalid } = found;
  if (json) {
    printJson(found);
  } else if (servers.length > 0) {
    print(listText(found));
  } else if (invalid.length === 0) {
    const name = environmentName();
    print(`No definitions found${name === undefined ? "" : ` for ${printable(name)}`}. Next: ${COMMAND} new`);
  }
  for (const { file, problems } of json ? [] : invalid) {
    const [first] = problems;
    const more = problems.length - 1;
    const next = `${COMMAND} ${shellWords(["validate", file])}`;
    const others = more > 0 ? `\n  and ${count(more, "more problem")}: ${next}` : "";
    const what = first === undefined ? onOneLine(file) : formatProblem(first);
    process.stderr.write(`${withoutCiCommands(`Not valid: ${what}${others}`)}\n`);
  }
  process.exitCode = invalid.length === 0 ? EXIT.ok : EXIT.usage;
}
