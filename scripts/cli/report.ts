import type { Command } from "commander";
import { COMMAND } from "../commands/command-line";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { addPageOptions, type PageFlags, printPage } from "./page-options";
import { print, printJson } from "./print";

type Flags = AwsFlags & PageFlags & { readonly sync?: string; readonly all?: boolean };

export function addReport(program: Command): void {
  const command = addAwsCommand(program, "report", {
    summary: "show what a run on AWS did, the latest or a given one: counts, files, failures, what to do",
    details: `${COMMAND} runs shows the names of runs. Of a run that is at work it shows how far it is.`,
    examples: [
      "report partner",
      "report partner 20260101T060000000Z-1a2b3c",
      "report partner --sync orders --all --json",
      "report partner --html report.html",
    ],
  });
  addPageOptions(command)
    .argument("<server>", "a server's name, or its definition's file")
    .argument("[run]", "the name of a run; default: the latest")
    .option("--sync <name>", "the latest run of this sync")
    .option("--all", "name all files that were transferred or skipped, or in a dry run would be, not just the first")
    .action(report);
}

async function report(
  server: string,
  run: string | undefined,
  { json = false, html, force, ...flags }: Flags,
): Promise<void> {
  const { reportOfRun } = await import("../commands/aws/runs/runs-command.js");
  const { reportText } = await import("../commands/aws/runs/report-text.js");
  const found = await reportOfRun({ server, run, ...flags });
  if (json) {
    printJson(found);
  } else if (html !== undefined) {
    const { reportPage } = await import("../commands/aws/runs/report-page.js");
    await printPage(reportPage(found, found.reportUri, flags), { html, force });
  } else {
    print(reportText(found, found.reportUri, flags));
  }
}
