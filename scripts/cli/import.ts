import { type Command, Option } from "commander";
import { formatProblem } from "../../config/problems/problem";
import { printable } from "../../contract/printable";
import { UserError } from "../../local/errors/user-error";
import type { NewFlags } from "../commands/definitions/new";
import { interruptionSignal } from "../commands/interruption";
import type { ExistingConnector } from "../commands/lifecycle/existing-connector";
import { isAtTerminal, promptsAtTerminal } from "../terminal/prompts";
import { wrapped } from "../terminal/wrap";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printExactly, printJson } from "./print";
import { shownFile } from "./shown-file";
import { addSyncOptions } from "./sync-options";

const DETAILS = `Address, host keys, security policy and connections are the connector's; folders and buckets, which it does not know, come from options or answers. The file is shown before it is written. A definition that is there stays as it is. Nothing in AWS is changed before the next deployment from this machine takes the connector over, with the addresses that the partner lets in.

Without a terminal: --folder, --bucket, --schedule and --yes; where one of them is missing, nothing is written, and the whole command is printed. Or --draft, which prints the file with a comment on each field and TODO for what is open.

It needs transfer:DescribeConnector.`;

/** What does without questions. */
const INSTEAD = "Give --folder, --bucket, --schedule and --yes, which ask nothing.";

interface Flags extends AwsFlags, Omit<NewFlags, "name" | "url" | "acceptHostKey"> {
  readonly logGroup?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly draft?: boolean;
}

export function addImport(program: Command): void {
  const command = addAwsCommand(program, "import", {
    group: "definitions",
    summary: "make a definition of a connector that is there, and take it over",
    details: DETAILS,
    examples: [
      "import partner c-0123456789abcdef0",
      'import partner c-0123456789abcdef0 --folder /out --bucket lake --schedule "@hourly" --yes',
      "import partner c-0123456789abcdef0 --draft > servers/partner.yaml",
    ],
  })
    .argument("<name>", "Name of the definition, and of its file: servers/NAME.yaml")
    .argument("<connector>", "the connector's id, as aws transfer list-connectors shows it")
    .option("--description <text>", "Description: free text for the dashboard")
    .option("--public-key <key...>", "PublicKey: a host key beside those that the connector trusts");
  addSyncOptions(command)
    .option("--log-group", "take over the connector's log group as well, where it has one")
    .option("--dry-run", "show the file and the steps, and write nothing")
    .option("--yes", "write the file without a question")
    .addOption(
      new Option("--draft", "print a draft of the file to fill in, and write nothing").conflicts([
        "logGroup",
        "dryRun",
        "yes",
      ]),
    )
    .action(importServer);
}

async function importServer(name: string, connector: string, flags: Flags): Promise<void> {
  const { json = false, yes = false, dryRun = false, draft = false, profile, region, logGroup, ...given } = flags;
  const place = { name, connector, profile, region, flags: given };
  if (draft) {
    const { draftImport } = await import("../commands/lifecycle/import-draft.js");
    const drafted = await draftImport({ ...place, found });
    json ? printJson(drafted) : printExactly(drafted.draft);
    return;
  }
  const { importConnector } = await import("../commands/lifecycle/import.js");
  const { stepsText } = await import("../commands/lifecycle/step.js");
  const { nextCommand } = await import("../commands/aws/access/next-command.js");
  const signal = interruptionSignal();
  const prompts = () => promptsAtTerminal(signal, INSTEAD);
  const approve = async (file: string, text: string | undefined) => {
    if (yes) {
      return true;
    }
    const asked = prompts();
    if (text !== undefined) {
      asked.note(shownFile(text), file);
    }
    const question = text === undefined ? `Take it over for ${file}, as that is?` : `Write it to ${file}?`;
    if (!(await asked.confirm(question))) {
      throw new UserError("Nothing was written", { next: nextCommand(["import", name, connector], flags) });
    }
    return true;
  };
  const imported = await importConnector({
    ...place,
    ...{ logGroup, dryRun, yes, signal, found, approve },
    prompts: isAtTerminal() ? prompts : undefined,
  });
  const { text, steps, ...result } = imported;
  for (const problem of imported.problems) {
    process.stderr.write(`${formatProblem(problem)}\n`);
  }
  if (json) {
    printJson({ ...result, dryRun, steps });
    return;
  }
  if (dryRun && text !== undefined) {
    printExactly(`${shownFile(text)}\n`);
  }
  printExactly(stepsText(steps, process.stdout));
  print(
    dryRun
      ? "\nNothing was written (--dry-run)."
      : imported.isNew
        ? `\nWritten: ${imported.file}`
        : `\n${imported.file} stays as it is.`,
  );
}

const found = (connector: ExistingConnector) =>
  void process.stderr.write(`${wrapped(foundText(connector), process.stderr)}\n\n`);

function foundText({ id, url, hostKeys, egressIps, warnings }: ExistingConnector): string {
  return [
    `The connector ${id} is for ${url}, and trusts ${hostKeys.length} host key(s).`,
    ...(egressIps.length === 0 ? [] : [`Its addresses stay: ${egressIps.join(", ")}`]),
    ...warnings.map((warning) => `Note: ${warning}.`),
  ]
    .map(printable)
    .join("\n");
}
