import type { Command } from "commander";
import { UserError } from "../../local/errors/user-error";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import type { Step } from "../commands/lifecycle/step";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printExactly, printJson } from "./print";

const DETAILS = `The server keeps its connector, whose addresses the partner lets in, and what it knows of the files: the stack's state and the definition get the new name together. Secret, functions, state machine, schedules, alarms and dashboard are made anew. The logs of the old functions go with them.

It shows the steps, asks once, does those that are due on this machine, and prints the commands for the others. Call it again after them: it goes on where it was, after an interruption too.

Exit code: 0; 1 nothing could be done, because something else comes first; 2 wrong definition or usage.`;

interface Flags extends AwsFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly notDeployed?: boolean;
}

export function addMove(program: Command): void {
  addAwsCommand(program, "move", {
    group: "definitions",
    summary: "give a server another name: definition, state, and what is left to do",
    details: DETAILS,
    examples: ["move partner partner-eu", "move partner partner-eu --dry-run"],
  })
    .argument("<server>", "the server's Name now")
    .argument("<name>", "its new Name")
    .option("--not-deployed", "the server has no stack where that cannot be seen")
    .option("--dry-run", "show the steps, and change nothing")
    .option("--yes", "do what is due without a question")
    .action(move);
}

async function move(from: string, to: string, flags: Flags): Promise<void> {
  const { json = false, yes = false, dryRun = false, notDeployed = false, ...aws } = flags;
  const { moveServer } = await import("../commands/lifecycle/move.js");
  const { stepsText } = await import("../commands/lifecycle/step.js");
  const { promptsAtTerminal } = await import("../terminal/prompts.js");
  const { nextCommand } = await import("../commands/aws/access/next-command.js");
  const again = nextCommand(["move", from, to], aws);
  const approve = async (steps: readonly Step[]) => {
    if (dryRun || yes) {
      return !dryRun;
    }
    const prompts = promptsAtTerminal(interruptionSignal(), `${again} --yes, or --dry-run to see the steps`);
    process.stderr.write(`${stepsText(steps, process.stderr)}\n\n`);
    const isUnseen = steps.some(({ status }) => status === "check");
    const question = isUnseen
      ? "Is everything so that is marked with check? Then do what is marked with now?"
      : "Do what is marked with now?";
    if (!(await prompts.confirm(question, false))) {
      throw new UserError("Nothing was changed", { next: again });
    }
    return true;
  };
  const { left, ...moved } = await moveServer({ from, to, ...aws, yes: yes && !dryRun, notDeployed, approve });
  const isBlocked = left.some(({ status }) => status === "blocked");
  if (json) {
    printJson({ ...moved, steps: left, dryRun });
  } else {
    printExactly(stepsText(left, process.stdout));
    print(dryRun ? "\nNothing was changed (--dry-run)." : nextText(left, again));
  }
  process.exitCode = isBlocked && !moved.changed && !dryRun ? EXIT.failed : EXIT.ok;
}

/** The first command of those that are left. */
function nextText(left: readonly Step[], again: string): string {
  const first = left.find(({ status, commands }) => status !== "done" && commands.length > 0)?.commands[0];
  const isHere = left.some(({ id, status }) => id === "definition" && status !== "done");
  return first === undefined ? "" : `\nNext: ${first}${isHere ? `, then ${again}` : ""}`;
}
