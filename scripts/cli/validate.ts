import type { Command } from "commander";
import { formatProblem, hasErrors } from "../../config/problems/problem";
import { againstText } from "../commands/against-text";
import { COMMAND, shellWords } from "../commands/command-line";
import { EXIT } from "../commands/exit-codes";
import { targetsText } from "../commands/targets";
import { wrapped } from "../terminal/wrap";
import { addCommand } from "./add-command";
import { print, printJson } from "./print";

interface Flags {
  readonly json?: boolean;
  readonly against?: string;
}

export function addValidate(program: Command): void {
  addCommand(program, "validate", {
    group: "definitions",
    summary: "check definitions: those given, or all in servers/",
    details: `A list for --against has one path a line, relative to Folder or from the server's root, as find . -type f or rclone lsf -R --files-only print them.`,
    examples: ["validate", "validate servers/partner.yaml", "validate servers/partner.yaml --against paths.txt"],
  })
    .argument("[files...]", "definitions; none: all in servers/")
    .option(
      "--against <list>",
      "show which of these paths each sync takes, and why not the others; - for the standard input",
    )
    .option("--json", "print the result as one JSON document")
    .action(validateFiles);
}

async function validateFiles(files: string[], { json = false, against: list }: Flags): Promise<void> {
  const { validate } = await import("../commands/validate.js");
  const { definitions, problems, targets, against } = await validate(files, list);
  const valid = !hasErrors(problems);
  if (json) {
    printJson({ valid, servers: definitions.map(({ name }) => name), problems, targets, against });
  } else {
    problems.map(formatProblem).forEach((line) => {
      console.error(wrapped(line, process.stderr));
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
