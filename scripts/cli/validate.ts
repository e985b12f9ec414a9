import { type Command, Option } from "commander";
import { formatProblem, hasErrors } from "../../config/problems/problem";
import type { ServerDefinition } from "../../contract/model";
import { printableJson } from "../../contract/printable";
import { UserError } from "../../local/errors/user-error";
import { againstText } from "../commands/against-text";
import { COMMAND, shellWords } from "../commands/command-line";
import { environmentName } from "../commands/environment";
import { EXIT } from "../commands/exit-codes";
import { count } from "../commands/figures";
import { targetsText } from "../commands/targets";
import { wrapped } from "../terminal/wrap";
import { addCommand } from "./add-command";
import { print, printExactly, printJson } from "./print";

const FORMATS = ["text", "json", "github", "sarif"] as const;

interface Flags {
  readonly format?: (typeof FORMATS)[number];
  readonly json?: boolean;
  readonly against?: string;
}

export function addValidate(program: Command): void {
  addCommand(program, "validate", {
    group: "definitions",
    summary: "check definitions: those given, or all in servers/",
    details: `Without files and without --env, every environment in environments/ is looked at as well, with the settings that it has.

A list for --against has one path a line, relative to Folder or from the server's root, as find . -type f or rclone lsf -R --files-only print them.

The format github is for a workflow of GitHub Actions, which shows each problem beside its line of a pull request; sarif, a document of SARIF 2.1.0, is for services that collect findings. Paths in both are relative to the repository.`,
    examples: [
      "validate",
      "validate --format github",
      "validate servers/partner.yaml",
      "validate servers/partner.yaml --against paths.txt",
    ],
  })
    .argument("[files...]", "definitions; none: all in servers/")
    .option(
      "--against <list>",
      "show which of these paths each sync takes, and why not the others; - for the standard input",
    )
    .addOption(new Option("--format <format>", "how problems are printed (default: text)").choices(FORMATS))
    .addOption(new Option("--json", "the same as --format json: the result as one JSON document").conflicts("format"))
    .action(validateFiles);
}

async function validateFiles(files: string[], { json = false, against: list, ...flags }: Flags): Promise<void> {
  const format = json ? "json" : flags.format;
  if (format === "sarif" && list !== undefined) {
    throw new UserError(
      "A document of SARIF has no place for what --against finds (allowed: --format text, json, github)",
    );
  }
  const { validate } = await import("../commands/validate.js");
  const { definitions, problems, targets, against } = await validate(files, list);
  const valid = !hasErrors(problems);
  if (format === "json") {
    printJson({ valid, servers: definitions.map(({ name }) => name), problems, targets, against });
  } else if (format === "sarif") {
    const { sarifLog } = await import("../commands/problem-formats/sarif.js");
    printExactly(printableJson(sarifLog(problems)));
  } else {
    if (format === "github") {
      const { githubAnnotations } = await import("../commands/problem-formats/github.js");
      githubAnnotations(problems).forEach(printExactly);
    }
    for (const line of format === "github" ? [] : problems.map(formatProblem)) {
      console.error(wrapped(line, process.stderr));
    }
    if (targets !== undefined && targets.length > 0) {
      print(`${targetsText(targets)}\n`);
    }
    if (against !== undefined) {
      print(`${againstText(against)}\n`);
    }
    print(verdict(valid, files, definitions));
  }
  process.exitCode = valid ? EXIT.ok : EXIT.usage;
}

/**
 * What came of it, and the command that is next, for the same environment.
 * @param files those that were named; none: all in servers/.
 */
function verdict(valid: boolean, files: readonly string[], definitions: readonly ServerDefinition[]): string {
  const environment = environmentName();
  const same = environment === undefined ? [] : ["--env", environment];
  if (!valid) {
    return `Not valid. Next: correct it, then ${COMMAND} ${shellWords(["validate", ...files, ...same])}`;
  }
  const [one, ...others] = files.length > 0 ? files : definitions.map(({ name }) => name);
  if (one === undefined) {
    return `No definitions found. Next: ${COMMAND} new`;
  }
  const which = others.length === 0 ? one : files.length > 0 ? "FILE" : "NAME";
  const found = count(definitions.length, "valid definition");
  return `${found}. Next: ${COMMAND} local ${shellWords([which, ...same])}`;
}
