import { addComplete, COMPLETE } from "./cli/completion";
import { program } from "./cli/program";
import { StackCommand } from "./cli/stack-command";
import { tell } from "./cli/tell";
import { goOnWithoutReaders } from "./commands/closed-streams";
import { COMMAND } from "./commands/command-line";

const root = program();

async function main(): Promise<void> {
  if (process.argv[2] === COMPLETE) {
    await addComplete(root);
  }
  await root.parseAsync();
}

/** @returns the exit code. */
function tellFailure(error: unknown): number {
  const command = root.commands.find((known) => known.name() === root.args[0]);
  const called = command === undefined ? COMMAND : `${COMMAND} ${command.name()}`;
  return tell(error, {
    next: `${called} --help`,
    usageExitCode: command instanceof StackCommand ? command.usageExitCode : undefined,
    json: /(^| )(--json|--format[ =]json)( |$)/.test(process.argv.slice(2).join(" ")),
  });
}

goOnWithoutReaders(process);
// Thrown where nobody waits for it. One more, while this is said, ends the command as Node does it.
process.once("uncaughtException", (error) => process.exit(tellFailure(error)));

/** When the command has come to its end, and the process has its exit code. */
export const ended: Promise<void> = main().catch((error: unknown) => {
  process.exitCode = tellFailure(error);
});
