import { type Command, Option } from "commander";
import { onOneLine } from "../../config/problems/received";
import { withoutCiCommands } from "../../contract/ci-commands";
import { COMMAND, shellWords } from "../commands/command-line";
import { EXIT } from "../commands/exit-codes";
import type { CostSource } from "../commands/overview/month-costs";
import { addCommand } from "./add-command";
import { addAwsOptions } from "./aws-command";
import { addPageOptions, type PageFlags, printPage } from "./page-options";
import { print, printJson } from "./print";

type Flags = PageFlags & CostSource & { readonly json?: boolean };

export function addOverview(program: Command): void {
  const command = addCommand(program, "overview", {
    group: "definitions",
    summary: "show the whole installation: a map, the week of all schedules, costs, limits of the account",
    details: `Which runs start in the same minutes, and how much of the account's limits the definitions take. With --html all of it is one page, which loads nothing from elsewhere: servers, syncs and buckets as a map, the week as a timeline.

What a month costs, server by server: of what is defined alone only the least is known, since that does not say what runs copy. --reports takes it from the last ten runs of each sync on AWS, --data from those in a data directory of local.

Exit code: 0; 2 where a file is not valid: the others are shown all the same.`,
    examples: ["overview", "overview --html overview.html", "overview --reports", "overview --env stage --json"],
  });
  addPageOptions(command)
    .addOption(new Option("--data <dir>", "take what runs copy from the last reports in this data directory"))
    .addOption(new Option("--reports", "take what runs copy from the last reports on AWS").conflicts("data"))
    .option("--prices <file>", "other prices than those of the list");
  addAwsOptions(command).option("--json", "print the result as one JSON document").action(overview);
}

async function overview({ json = false, html, force, ...source }: Flags): Promise<void> {
  const { installationOverview } = await import("../commands/overview/installation-overview.js");
  const found = await installationOverview(source);
  if (json) {
    const { overviewDocument } = await import("../commands/overview/overview-document.js");
    printJson(overviewDocument(found));
  } else if (html !== undefined) {
    const { overviewPage } = await import("../commands/overview/page/overview-page.js");
    await printPage(overviewPage(found), { html, force });
  } else if (found.servers.length > 0) {
    const { overviewText } = await import("../commands/overview/overview-text.js");
    print(`${overviewText(found)}\n\nNext: ${COMMAND} overview --html overview.html`);
  } else if (found.invalid.length === 0) {
    print(`No definitions found. Next: ${COMMAND} new`);
  }
  for (const file of json ? [] : found.invalid) {
    const next = `${COMMAND} ${shellWords(["validate", file])}`;
    process.stderr.write(`${withoutCiCommands(`Not valid, and left out: ${onOneLine(file)}. Next: ${next}`)}\n`);
  }
  process.exitCode = found.invalid.length === 0 ? EXIT.ok : EXIT.usage;
}
