import { type Command, Option } from "commander";
import type { RunCommandOptions } from "../commands/aws/runs/run-command";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import { ProgressView } from "../commands/progress-view";
import { type AwsFlags, addAwsCommand, ago } from "./aws-command";
import { print, printJson } from "./print";
import { utcSeconds } from "./utc-seconds";

type Flags = AwsFlags &
  Pick<RunCommandOptions, "compare" | "fromTimestamp" | "dryRun" | "wait" | "all"> & {
    readonly since?: number;
  };

export function addRun(program: Command): void {
  addAwsCommand(program, "run", {
    summary: "start runs on AWS now: of a server's syncs, or of one",
    details: `A run does what the schedule would, unless an option says otherwise. Without a sync, each that the definition does not disable is started; where there is no valid definition, a sync has to be named. Where another run of the sync is at work, the new one ends as SKIPPED. Ctrl-C ends the waiting, not the runs.

Exit code: 0 started, or with --wait succeeded; 1 with --wait: a run failed, was skipped or was stopped; 2 wrong usage, or AWS refuses.`,
    examples: ["run partner orders --wait", "run partner --dry-run --wait", "run partner orders --since 2d"],
  })
    .argument("<server>", "a server's name, or its definition's file")
    .argument("[sync]", "one of its syncs")
    .addOption(
      new Option("--compare", "hold every file against S3: what was deleted there comes back").conflicts([
        "fromTimestamp",
        "since",
      ]),
    )
    .addOption(
      new Option("--from-timestamp <seconds>", "the same, but only for files modified at this UTC time or later")
        .argParser(utcSeconds)
        .conflicts("since"),
    )
    .option("--since <span>", "the same for files of the last hours or days: 90m, 12h, 2d, 1w", ago)
    .option("--dry-run", "decide and report, but transfer nothing")
    .option("--wait", "show how far the runs are, and end with their reports")
    .option(
      "--all",
      "with --wait: name all files that were transferred or skipped, or in a dry run would be, not just the first",
    )
    .action(run);
}

async function run(server: string, sync: string | undefined, { json = false, since, ...flags }: Flags): Promise<void> {
  const { runOnAws } = await import("../commands/aws/runs/run-command.js");
  const { reportText } = await import("../commands/aws/runs/report-text.js");
  const { nextCommand } = await import("../commands/aws/access/next-command.js");
  const view = new ProgressView(process.stderr);
  const work = runOnAws({
    server,
    sync,
    ...flags,
    fromTimestamp: since ?? flags.fromTimestamp,
    signal: interruptionSignal(),
    observer: view,
    notice: (text) => view.line(text),
  });
  const { started, ended } = await work.finally(() => view.end());
  if (json) {
    printJson({ started, ended: ended.map(({ run: found, report, files }) => ({ ...found, report, files })) });
  } else if (flags.wait) {
    print(ended.map((found) => reportText(found, found.reportUri, flags)).join("\n\n"));
  } else {
    print(started.map((one) => `Started ${one.server} / ${one.sync}: run ${one.run}`).join("\n"));
    const named = started.length === 1 ? started.map((one) => one.run) : [];
    print(`Next: ${nextCommand(["report", server, ...named], flags)}`);
  }
  process.exitCode = ended.every(({ run: found }) => found?.status === "SUCCEEDED") ? EXIT.ok : EXIT.failed;
}
