import { type Command, InvalidArgumentError, Option } from "commander";
import { ACCOUNT_BYTES_PER_SECOND } from "../../contract/engine-settings";
import { MAX_FILE_BYTES } from "../../engine/decisions/decide";
import type { CostOptions } from "../commands/cost/cost-command";
import { type Month, monthOf } from "../commands/cost/month";
import type { Changed } from "../commands/cost/volumes";
import { wrapped } from "../terminal/wrap";
import { addCommand } from "./add-command";
import { addAwsOptions } from "./aws-command";
import { print, printExactly, printJson } from "./print";

const DETAILS = `Runs are those of the schedules, counted one by one in their time zones; a sync on demand has none but those of --runs-per-month. What a run copies comes from --files, --changed and --bytes or --size, or from the average of the last ten runs: --reports reads them on AWS, --data in a data directory of local. Without either, the fixed part is printed, and what a GiB costs.

A size is in bytes, or with kB, MB, GB, TB (1000) or KiB, MiB, GiB, TiB (1024). AWS' own example counts in MiB and GiB.

Prices are a dated list of one Region. --prices takes a JSON file with others: docs/costs.md has its fields.`;

type Flags = Omit<CostOptions, "server" | "session"> & { readonly json?: boolean; readonly markdown?: boolean };

export function addCost(program: Command): void {
  const command = addCommand(program, "cost", {
    group: "review",
    summary: "estimate what a month costs on AWS: one server, or all in servers/",
    details: DETAILS,
    examples: [
      "cost",
      "cost partner --files 5000 --size 20MiB --folders 10 --changed 5%",
      "cost partner --reports --month 2026-12",
    ],
  })
    .argument("[server]", "a definition, by its name in servers/ or its file; default: all")
    .option("--files <n>", "files on the server that the sync takes", wholeNumber)
    .addOption(new Option("--bytes <size>", "size of all of them").argParser(size))
    .addOption(new Option("--size <size>", "size of one on average").argParser(fileSize).conflicts("bytes"))
    .option("--folders <n>", "folders that a run lists (default: 1)", count)
    .option("--changed <part>", "what is new or changed at each run: 5%, or so many files", changed)
    .option("--sync <name>", "the sync whose files these are, where there are several")
    .option("--month <month>", "such as 2026-12 (default: this month)", month)
    .option("--runs-per-month <n>", "runs of a sync that no schedule starts (default: 0)", wholeNumber)
    .option(
      "--pace <size>",
      "bytes a second that the server gives (default: 50MB, the most that an account moves)",
      pace,
    )
    .addOption(
      new Option("--data <dir>", "take what runs copy from the last reports in this data directory").conflicts("files"),
    )
    .addOption(new Option("--reports", "take what runs copy from the last reports on AWS").conflicts(["files", "data"]))
    .option("--prices <file>", "other prices than those of the list");
  addAwsOptions(command)
    .addOption(new Option("--markdown", "print Markdown").conflicts("json"))
    .option("--json", "print the result as one JSON document")
    .action(cost);
}

async function cost(server: string | undefined, { json = false, markdown = false, ...flags }: Flags): Promise<void> {
  const { estimateCost } = await import("../commands/cost/cost-command.js");
  const { costMarkdown, costText } = await import("../commands/cost/cost-text.js");
  const estimate = await estimateCost({ server, ...flags }, (text) =>
    process.stderr.write(`${wrapped(text, process.stderr)}\n`),
  );
  if (json) {
    const { month: of, ...document } = estimate;
    printJson({ month: of.name, hours: of.hours, ...document });
  } else if (markdown) {
    printExactly(costMarkdown(estimate));
  } else {
    print(costText(estimate));
  }
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError("Allowed: a whole number from 0.");
  }
  return value;
}

function count(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) {
    throw new InvalidArgumentError("Allowed: a whole number from 1.");
  }
  return value;
}

const UNITS = {
  "": 1,
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

function size(text: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([A-Za-z]*)$/.exec(text) ?? [];
  const factor = new Map<string, number>(Object.entries(UNITS)).get(unit);
  if (number === "" || factor === undefined || !Number.isSafeInteger(Math.round(Number(number) * factor))) {
    throw new InvalidArgumentError("Allowed: a size such as 1500, 20MB, 20MiB or 1.5TB.");
  }
  return Number(number) * factor;
}

function fileSize(text: string): number {
  const value = size(text);
  if (value > MAX_FILE_BYTES) {
    throw new InvalidArgumentError("Allowed: at most 150GiB, the largest file that a connector moves.");
  }
  return value;
}

function pace(text: string): number {
  const value = size(text);
  if (value <= 0 || value > ACCOUNT_BYTES_PER_SECOND) {
    throw new InvalidArgumentError(
      "Allowed: above 0, and at most 50MB: what all connectors of an account move a second.",
    );
  }
  return value;
}

function changed(text: string): Changed {
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  if (percent === undefined && !/^\d+$/.test(text)) {
    throw new InvalidArgumentError("Allowed: a share such as 5%, or a number of files.");
  }
  if (Number(percent ?? 0) > 100) {
    throw new InvalidArgumentError("Allowed: at most 100%.");
  }
  return percent === undefined ? { files: wholeNumber(text) } : { share: Number(percent) / 100 };
}

function month(text: string): Month {
  const found = monthOf(text);
  if (found === undefined) {
    throw new InvalidArgumentError("Allowed: a year and a month, such as 2026-12.");
  }
  return found;
}
