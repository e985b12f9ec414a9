import type { Command } from "commander";
import type { ExplainOptions } from "../commands/aws/explain/explain-command";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printJson } from "./print";

export function addExplain(program: Command): void {
  addAwsCommand(program, "explain", {
    summary: "tell why a file of a server, or each of a folder, is in S3 or not, and what that stands on",
    details:
      "Looks at what is deployed: the filters of each sync, the object, the ledger, the latest listing of the file's folder, and the reports of the latest runs. It changes nothing. Of a folder, whose path ends with a slash, it shows the first files, those that may need somebody before the others.",
    examples: ["explain partner /orders/2026/a.csv", "explain partner /orders/2026/ --all"],
  })
    .argument("<server>", "a server's name, or its definition's file")
    .argument("<path>", "the file on the SFTP server, from its root; or a folder, with a slash at its end")
    .option("--all", "name every file of a folder, not only the first 100")
    .action(explain);
}

interface ExplainFlags extends AwsFlags {
  readonly all?: boolean;
}

async function explain(server: string, path: string, { json = false, all, ...flags }: ExplainFlags): Promise<void> {
  const options = { server, path, ...flags };
  const { explanation, text } = path.endsWith("/") ? await folder(options, all) : await file(options);
  if (json) {
    printJson(explanation);
  } else {
    print(text);
  }
}

async function file(options: ExplainOptions) {
  const { explain } = await import("../commands/aws/explain/explain-command.js");
  const { explanationText } = await import("../commands/aws/explain/explain-text.js");
  const explanation = await explain(options);
  return { explanation, text: explanationText(explanation) };
}

async function folder(options: ExplainOptions, all: boolean | undefined) {
  const { explainFolder } = await import("../commands/aws/explain/explain-folder.js");
  const { folderText } = await import("../commands/aws/explain/folder-text.js");
  const explanation = await explainFolder(options);
  return { explanation, text: folderText(explanation, all) };
}
