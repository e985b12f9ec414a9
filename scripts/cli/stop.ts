import type { Command } from "commander";
import { printable } from "../../contract/printable";
import type { Run } from "../commands/aws/runs/run";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import { wrapped } from "../terminal/wrap";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printJson } from "./print";

type Flags = AwsFlags & { readonly yes?: boolean };

export function addStop(program: Command): void {
  addAwsCommand(program, "stop", {
    summary: "stop a server's runs that are at work on AWS",
    details:
      "It says which, and asks first. Files that are on their way arrive all the same; the next run finds them and goes on.",
    examples: ["stop partner", "stop partner orders --yes"],
  })
    .argument("<server>", "a server's name, or its definition's file")
    .argument("[sync]", "only the runs of this sync")
    .option("--yes", "stop them without a question")
    .action(stop);
}

async function stop(
  server: string,
  sync: string | undefined,
  { json = false, yes = false, ...flags }: Flags,
): Promise<void> {
  const { stopRuns } = await import("../commands/aws/runs/stop-runs.js");
  const { nextCommand } = await import("../commands/aws/access/next-command.js");
  const { promptsAtTerminal } = await import("../terminal/prompts.js");
  const approve = async (runs: readonly Run[]) => {
    const named = `At work: ${runs.map(nameOf).join(", ")}`;
    process.stderr.write(`${wrapped(named, process.stderr)}\n`);
    const instead = nextCommand(["stop", server, ...(sync === undefined ? [] : [sync]), "--yes"], flags);
    return yes || promptsAtTerminal(interruptionSignal(), instead).confirm("Stop?", false);
  };
  const { atWork, stopped } = await stopRuns({ server, sync, ...flags, approve });
  if (json) {
    printJson({ atWork, stopped });
  } else {
    print(verdict(atWork, stopped));
  }
  // Whoever answered no has what was wanted.
  process.exitCode = stopped.length === 0 || stopped.length === atWork.length ? EXIT.ok : EXIT.failed;
}

const nameOf = ({ server, sync = "unknown", run, startedAt }: Run) =>
  printable(`${server} / ${sync} since ${startedAt} (run ${run})`);

function verdict(atWork: readonly Run[], stopped: readonly string[]): string {
  if (atWork.length === 0) {
    return "No run is at work.";
  }
  const rest = atWork.length - stopped.length;
  const sentence = stopped.length === 0 ? "Nothing was stopped." : `Stopped: ${printable(stopped.join(", "))}.`;
  return stopped.length > 0 && rest > 0
    ? `${sentence} Still at work: ${rest}. Next: the same command again.`
    : sentence;
}
