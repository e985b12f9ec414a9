import type { Command } from "commander";
import { COMMAND } from "../commands/command-line";
import { EXIT } from "../commands/exit-codes";
import { addCommand } from "./add-command";
import { addPageOptions, type PageFlags, printPage } from "./page-options";
import { print, printJson } from "./print";

type Flags = PageFlags & { readonly json?: boolean };

export function addOverview(program: Command): void {
  const command = addCommand(program, "overview", {
    group: "definitions",
    summary: "show the whole installation: a map, the week of all schedules, limits of the account",
    details: `Which runs start in the same minutes, and how much of the account's limits the definitions take. With --html all of it is one page, which loads nothing from elsewhere: servers, syncs and buckets as a map, the week as a timeline.

Exit code: 0; 2 where a file is not valid: the others are shown all the same.`,
    examples: ["overview", "overview --html overview.html", "overview --env stage --json"],
  });
  addPageOptions(command).option("--json", "print the result as one JSON document").action(overview);
}

async function overview({ json = false, ...flags }: Flags): Promise<void> {
  const { installationOverview } = await import("../commands/overview/installation-overview.js");
  const found = await installationOverview();
  if (json) {
    const { overviewDocument } = await import("../commands/overview/overview-document.js");
    printJson(overviewDocument(found));
  } else if (flags.html !== undefined) {
    const { overviewPage } = await import("../commands/overview/page/overview-page.js");
    await printPage(overviewPage(found), { ...flags, html: flags.html });
  } else if (found.servers.length > 0) {
    const { overviewText } = await import("../commands/overview/overview-text.js");
    print(`${overviewText(found)}\n\nNext: ${COMMAND} overview --html overview.html`);
  } else if (found.invalid.length === 0) {
    print(`No definitions found. Next: ${COMMAND} new`);
  }
  for (const file of json ? [] : found.invalid) {
    process.stderr.write(`Not valid, and left out: ${file}. Next: ${COMMAND} validate ${file}\n`);
  }
  process.exitCode = found.invalid.length === 0 ? EXIT.ok : EXIT.usage;
}
