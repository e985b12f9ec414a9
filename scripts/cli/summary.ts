import type { Command } from "commander";
import { hasErrors } from "../../config/problems/problem";
import { withoutCiCommands } from "../../contract/ci-commands";
import type { SummaryOptions } from "../commands/change-summary/change-summary";
import { EXIT } from "../commands/exit-codes";
import { addCommand } from "./add-command";
import { printExactly, printJson } from "./print";

interface Flags extends SummaryOptions {
  readonly json?: boolean;
}

export function addSummary(program: Command): void {
  addCommand(program, "summary", {
    group: "review",
    summary: "print as Markdown what a branch changes: servers, syncs, schedules, buckets, secrets",
    details: `The definitions as they lie here are compared with those of the commit at which the branch left its base. In CI that takes a checkout with its history.

Other files that Git would commit are named too, above all those that are run unseen, such as node_modules or .terraform, and those that programs obey, such as .npmrc or .env.

Exit code: 0 compared; 2 a definition is not valid, a file is there that no commit should have, or there is nothing to compare with.`,
    examples: ["summary --base origin/main", 'summary --base origin/main >> "$GITHUB_STEP_SUMMARY"'],
  })
    .option("--base <ref>", "branch or commit to compare with (default: the default branch)")
    .option(
      "--plan <file>",
      "also what a plan does: a file that terraform show -json printed; several times",
      collected,
    )
    .option("--json", "print one JSON document instead")
    .action(summary);
}

const collected = (file: string, before: readonly string[] = []): string[] => [...before, file];

async function summary({ json = false, ...options }: Flags): Promise<void> {
  const { summarizeChanges } = await import("../commands/change-summary/change-summary.js");
  const { hasUnseen } = await import("../commands/change-summary/other-files.js");
  const found = await summarizeChanges(options);
  if (json) {
    const { now, ...document } = found;
    printJson({ ...document, time: now.toISOString() });
  } else {
    const { summaryMarkdown } = await import("../commands/change-summary/markdown.js");
    printExactly(withoutCiCommands(summaryMarkdown(found)));
  }
  process.exitCode = hasErrors(found.problems) || hasUnseen(found.files) ? EXIT.usage : EXIT.ok;
}
