import type { Command } from "commander";
import { count } from "../commands/figures";
import { interruptionSignal } from "../commands/interruption";
import { ProgressView } from "../commands/progress-view";
import { type AwsFlags, addAwsCommand, limit } from "./aws-command";
import { print, printJson } from "./print";

const USUAL_LIMIT = 20;

type Flags = AwsFlags & { readonly limit: number };

export function addRuns(program: Command): void {
  addAwsCommand(program, "runs", {
    summary: "show a server's latest runs on AWS, scheduled ones and those by hand",
    details:
      "Times are UTC. The size is that of what was transferred, in a dry run of what would be. Runs of a sync that seldom runs are looked for among all of the server's; Ctrl-C ends the search, and shows what was found.",
    examples: ["runs partner", "runs partner orders --limit 50", "runs partner --json"],
  })
    .argument("<server>", "a server's name, or its definition's file")
    .argument("[sync]", "only the runs of this sync")
    .option("--limit <number>", "so many at most", limit, USUAL_LIMIT)
    .action(runs);
}

async function runs(server: string, sync: string | undefined, { json = false, ...flags }: Flags): Promise<void> {
  const { latestRuns } = await import("../commands/aws/runs/runs-command.js");
  const { runsText } = await import("../commands/aws/runs/runs-text.js");
  const view = new ProgressView(process.stderr);
  const signal = interruptionSignal();
  const onLook = (lookedAt: number, found: number) =>
    view.preparing(`Looked at ${count(lookedAt, "execution")}, found ${count(found, "run")}`);
  const listed = await latestRuns({ server, sync, ...flags, signal, onLook }).finally(() => view.end());
  if (json) {
    printJson(listed);
  } else {
    print(runsText(listed, { sync, limit: flags.limit }));
  }
}
