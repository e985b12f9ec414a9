import type { Command } from "commander";
import { UserError } from "../../local/errors/user-error";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import type { Announcement } from "../commands/lifecycle/remove";
import { wrapped } from "../terminal/wrap";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printExactly, printJson } from "./print";

const DETAILS = `It says what is deployed and what stays, plans the end of the stack, asks once, stops runs that are at work, destroys the stack, and deletes the definition. A definition is never deleted while the stack is there: nobody could destroy it any more. With --everything it is every stack, and the shared one last.

A definition that other environments deploy too stays until it is removed there.

Exit code: 0 removed; 1 not, or not all of it; 2 wrong definition or usage.`;

interface Flags extends AwsFlags {
  readonly everything?: boolean;
  readonly keepDefinitions?: boolean;
  readonly deleteDefinition?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly skipSynth?: boolean;
}

export function addRemove(program: Command): void {
  addAwsCommand(program, "remove", {
    group: "definitions",
    summary: "remove a server, or everything: stack first, then definition",
    details: DETAILS,
    examples: ["remove partner", "remove partner --dry-run", "remove --everything --env stage"],
  })
    .argument("[server]", "a server's name, or its definition's file")
    .option("--everything", "every server of this installation, and the shared stack")
    .option("--keep-definitions", "destroy stacks, and delete no file")
    .option("--delete-definition", "delete the file even where it cannot be seen whether there is a stack")
    .option("--skip-synth", "use what was synthesized last")
    .option("--dry-run", "show the steps and what stays, and change nothing")
    .option("--yes", "remove it without a question: for CI")
    .action(removeServer);
}

async function removeServer(server: string | undefined, { json = false, ...flags }: Flags): Promise<void> {
  if ((server === undefined) !== (flags.everything === true)) {
    throw new UserError(
      server === undefined ? "Nothing is named that is to be removed" : "Either a server is named, or --everything",
      { next: "name a server, or say --everything" },
    );
  }
  const { remove } = await import("../commands/lifecycle/remove.js");
  const { stepsText } = await import("../commands/lifecycle/step.js");
  const { promptsAtTerminal } = await import("../terminal/prompts.js");
  const signal = interruptionSignal();
  const { everything: _, ...options } = flags;
  const announce = ({ deployed, steps, stays }: Announcement) => {
    if (!json) {
      print(`${deployed.join("\n")}\n`);
      printExactly(stepsText(steps, process.stdout));
      print(["", "What stays:", ...stays.map((what) => `- ${what}`)].join("\n"));
    }
  };
  const removed = await remove({
    server,
    ...options,
    signal,
    announce,
    confirm: (question) =>
      promptsAtTerminal(signal, "the same command with --yes, or --dry-run to see the steps").confirm(question, false),
    tell: (text) => process.stderr.write(`${wrapped(text, process.stderr)}\n`),
  });
  if (json) {
    printJson({ server, dryRun: flags.dryRun === true, ...removed });
  } else if (flags.dryRun) {
    print("\nNothing was changed (--dry-run).");
  } else {
    print(`\n${verdict(removed)}`);
  }
  process.exitCode = removed.destroyed || flags.dryRun ? EXIT.ok : EXIT.failed;
}

function verdict({ destroyed, deleted }: { readonly destroyed: boolean; readonly deleted: readonly string[] }): string {
  if (!destroyed) {
    return "Not removed. No definition was deleted. Next: the same command again";
  }
  return deleted.length === 0
    ? "No definition was deleted."
    : `Removed, and deleted: ${deleted.join(", ")}. Next: commit that.`;
}
