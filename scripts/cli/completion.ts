import { join } from "node:path";
import { Argument, type Command } from "commander";
import { loadDefinitions } from "../../config/load-definitions";
import { shellWords } from "../commands/command-line";
import { definitionsFolder } from "../commands/definition-file";
import { ROOT } from "../commands/paths";
import { SHARED } from "../stacks/stack-names";
import { addCommand } from "./add-command";
import { printExactly } from "./print";

const SHELLS = ["bash", "zsh", "fish"] as const;

type Shell = (typeof SHELLS)[number];

/** What the shell's script calls, once TAB is pressed. */
export const COMPLETE = "complete";

export function addCompletion(program: Command): void {
  addCommand(program, "completion", {
    group: "shell",
    summary: "print a script that makes the shell complete commands, options and names",
    details: `The script defines the function sftp-sync, which calls this project's command line from every folder, and completes what is typed after it. Keep it in a file, and have the shell's start-up file, such as ~/.bashrc, read that:

  npx sftp-sync completion bash > ~/.sftp-sync.bash
  echo 'source ~/.sftp-sync.bash' >> ~/.bashrc

bash needs its package bash-completion.`,
    examples: ["completion bash", "completion fish > ~/.config/fish/conf.d/sftp-sync.fish"],
  })
    .addArgument(new Argument("<shell>", "the shell that reads the script").choices(SHELLS))
    .action(printScript);
}

async function printScript(shell: Shell): Promise<void> {
  const { script } = await import("@bomb.sh/tab");
  const called = shellWords([process.execPath, join(ROOT, "scripts", "sftp-sync.mjs")]);
  printExactly(
    shell === "fish"
      ? `function sftp-sync\n    ${called} $argv\nend\n`
      : `unalias sftp-sync 2>/dev/null\nsftp-sync() {\n    ${called} "$@"\n}\n`,
  );
  script(shell, "sftp-sync", "sftp-sync");
}

/** Adds the command that the scripts call. It needs every other command to be there. */
export async function addComplete(program: Command): Promise<void> {
  const { default: completeCommands } = await import("@bomb.sh/tab/commander");
  const { definitions, files: found } = await loadDefinitions(definitionsFolder());
  const servers = definitions.map(({ name }) => name);
  // The shell reads what it is offered as it reads a command: a name with blanks would be several words.
  const files = [...found.values()].filter((file) => /^[\w./@+-]+$/.test(file));
  /** By the names that commands give to their arguments. */
  const values: Readonly<Record<string, readonly string[]>> = {
    definition: [...servers, ...files],
    files,
    server: servers,
    servers,
    sync: definitions.flatMap(({ syncs }) => syncs.map(({ setting }) => setting.Name)),
    stacks: [SHARED, ...servers],
  };
  const completions = completeCommands(program, { completionCommandName: "completion-script" });
  for (const command of program.commands) {
    for (const argument of command.registeredArguments) {
      const known = values[argument.name()];
      if (known !== undefined) {
        const offer = (add: (value: string, description: string) => void) => {
          for (const value of known) {
            add(value, "");
          }
        };
        completions.commands.get(command.name())?.argument(argument.name(), offer, argument.variadic);
      }
    }
  }
}
