import type { Command } from "commander";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printJson } from "./print";

export function addExplain(program: Command): void {
  addAwsCommand(program, "explain", {
    summary: "tell why a file of a server is in S3 or not, and what that stands on",
    details:
      "Looks at what is deployed: the filters of each sync, the object, the ledger, the latest listing of the file's folder, and the reports of the latest runs. It changes nothing.",
    examples: ["explain partner /orders/2026/a.csv", "explain partner '/in/new file.csv' --json"],
  })
    .argument("<server>", "a server's name, or its definition's file")
    .argument("<path>", "the file on the SFTP server, from its root")
    .action(explain);
}

async function explain(server: string, path: string, { json = false, ...flags }: AwsFlags): Promise<void> {
  const { explain: explanationOf } = await import("../commands/aws/explain/explain-command.js");
  const { explanationText } = await import("../commands/aws/explain/explain-text.js");
  const explanation = await explanationOf({ server, path, ...flags });
  if (json) {
    printJson(explanation);
  } else {
    print(explanationText(explanation));
  }
}
