import type { Command } from "commander";
import { COMMAND } from "../commands/command-line";
import { ENVIRONMENT_OPTION } from "../commands/environment";

const USUAL_COLUMNS = 80;

/** What the help lists commands under, in this order. */
const GROUPS = {
  definitions: "Definitions:",
  review: "Before merging:",
  here: "On this machine:",
  deploying: "Deploying:",
  aws: "On AWS:",
  shell: "Shell:",
} as const;

export interface CommandProps {
  readonly group: keyof typeof GROUPS;
  /** What it does, in a line of the program's help: a verb first, no full stop. */
  readonly summary: string;
  /** For the command's own help, where the summary does not say it all: a line for each paragraph; lines that begin with a blank stay. */
  readonly details?: string;
  /** Arguments after the command's name, as one would type them; at least one. */
  readonly examples: readonly [string, ...string[]];
}

/** What the help of every command has besides its own. */
export function withHelp<C extends Command>(
  command: C,
  { details, examples }: Pick<CommandProps, "details" | "examples">,
): C {
  const shown = examples.map((example) => `  ${COMMAND} ${example}`).join("\n");
  return command
    .helpOption("-h, --help", "show this")
    .addHelpText(
      "after",
      () => `${details === undefined ? "" : `\n${wrapped(command, details)}\n`}\nExamples:\n${shown}`,
    );
}

/**
 * Adds a command to the program, or to another command. Its help ends with the examples, and wrong usage leads there.
 * @param name without its arguments.
 */
export function addCommand(program: Command, name: string, props: CommandProps): Command {
  return described(program.command(name), props);
}

/** Gives a command that the program has what {@link addCommand} gives. */
export function described<C extends Command>(command: C, props: CommandProps): C {
  const { group, summary } = props;
  command.helpGroup(GROUPS[group]).summary(summary).description(sentence(summary));
  if (group !== "shell") {
    command.option(...ENVIRONMENT_OPTION);
  }
  return withHelp(command, props).showHelpAfterError(`Next: ${COMMAND} ${command.name()} --help`);
}

const sentence = (summary: string): string => `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;

/** Each line of the text on its own, as the rest of the help is. */
function wrapped(command: Command, text: string): string {
  const help = command.createHelp();
  const width = command.configureOutput().getOutHelpWidth?.() ?? USUAL_COLUMNS;
  return text
    .split("\n")
    .map((line) => (line.startsWith(" ") ? line : help.boxWrap(line, width)))
    .join("\n");
}
