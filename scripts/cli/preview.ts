import { type Command, Option } from "commander";
import { printable } from "../../contract/printable";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import type { PreviewOptions } from "../commands/preview/preview-command";
import { ProgressView } from "../commands/progress-view";
import { askAtTerminal, isSomebodyThere } from "../commands/terminal-question";
import { addCommand } from "./add-command";
import { addAwsOptions } from "./aws-command";
import { print, printJson } from "./print";
import { utcSeconds } from "./utc-seconds";

const DETAILS = `Lists the real server from this machine, with the credentials and questions of local (SFTP_USERNAME, SFTP_PASSWORD or SFTP_PRIVATE_KEY_FILE), and decides as a run would. It copies nothing, and writes nothing on the server, on AWS or in the data directory.

What was copied before is read on AWS, where there are AWS credentials and the server is deployed; with --data, in a data directory of local. Else everything on the server is new.

Exit code: 0; 1 a run would fail, or the server or AWS could not be asked; 2 wrong definition or usage.`;

type Flags = Pick<
  PreviewOptions,
  "sync" | "fromTimestamp" | "all" | "data" | "empty" | "prices" | "profile" | "region"
> & {
  readonly json?: boolean;
  readonly yes?: boolean;
};

export function addPreview(program: Command): void {
  const command = addCommand(program, "preview", {
    group: "review",
    summary: "say what the next run would do: files, size, dollars, time, and what it skips and why",
    details: DETAILS,
    examples: [
      "preview partner",
      "preview partner --sync orders --empty",
      "preview servers/partner.yaml --data .local --json",
    ],
  })
    .argument("<definition>", "a server's YAML file, such as servers/partner.yaml, or the name of one in servers/")
    .option("--sync <name>", "look at this sync alone, even if it is disabled")
    .option("--from-timestamp <seconds>", "as a run for files modified at this UTC time or later", utcSeconds)
    .option("--data <dir>", "what was copied before lies in this data directory of local")
    .addOption(new Option("--empty", "nothing was copied before, whatever is on AWS").conflicts("data"))
    .option("--prices <file>", "other prices than those of the list")
    .option("--all", "name all files that would be copied or skipped, those that are unchanged too, not just the first")
    .option("--yes", "send the credentials to the server of a definition that is not on the default branch");
  addAwsOptions(command).option("--json", "print the result as one JSON document").action(runPreview);
}

async function runPreview(definition: string, { json = false, yes = false, ...flags }: Flags): Promise<void> {
  process.umask(0o077);
  const view = new ProgressView(process.stderr);
  view.preparing(`Starting what looks at ${printable(definition)}`);
  const { preview } = await import("../commands/preview/preview-command.js");
  const signal = interruptionSignal();
  const ask = yes || !isSomebodyThere() ? undefined : (question: string) => askAtTerminal(question, signal);
  const notice = (text: string) => view.line(text);
  const found = await preview({ definition, ...flags, ask, observer: view, notice, signal }).finally(() => view.end());
  if (json) {
    printJson(found);
  } else {
    const { previewText } = await import("../commands/preview/preview-text.js");
    print(previewText(found, flags));
  }
  process.exitCode = found.syncs.some(({ status }) => status === "FAILED") ? EXIT.failed : EXIT.ok;
}
