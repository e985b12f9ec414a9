import type { Command } from "commander";
import { type AwsFlags, addAwsCommand, limit } from "./aws-command";
import { print, printJson } from "./print";

const USUAL_LIMIT = 20;

type Flags = AwsFlags & { readonly limit: number };

export function addRuns(program: Command): void {
  addAwsCommand(program, "runs", {
    summary: "show a server's latest runs on AWS, scheduled ones and those by hand",
    details: "Times are UTC. The size is that of what was transferred, in a dry run of what would be.",
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
  const listed = await latestRuns({ server, sync, ...flags });
  if (json) {
    printJson(listed);
  } else {
    print(runsText(listed, { sync, limit: flags.limit }));
  }
}
