import { styled } from "../../terminal/style";
import { type Column, table } from "../../terminal/table";
import { COMMAND } from "../command-line";
import { count, formatBytes } from "../figures";
import { markdownTable, plainWords } from "../markdown-table";
import type { CostEstimate } from "./cost-command";
import { formatAmount, formatDollars, formatPrice } from "./dollars";
import type { PricedRun, ServerEstimate, SyncEstimate } from "./estimate";
import { type Amounts, dollarsFor, dollarsOf, PRICE_NAMES, type PriceList } from "./prices";

/** A heading, words, or a table. */
type Part =
  | { readonly heading: string }
  | { readonly words: string }
  | { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };

/** For a terminal. */
export function costText(estimate: CostEstimate): string {
  return partsOf(estimate)
    .map((part) =>
      "heading" in part
        ? styled("bold", part.heading)
        : "words" in part
          ? part.words
          : table(part.columns, part.rows, { indent: 2 }),
    )
    .join("\n");
}

/** For a pull request or a page. */
export function costMarkdown(estimate: CostEstimate): string {
  return partsOf(estimate)
    .filter((part) => !("words" in part) || part.words !== "")
    .map((part) =>
      "heading" in part
        ? `## ${plainWords(part.heading)}`
        : "words" in part
          ? plainWords(part.words)
          : markdownTable(
              part.columns.map(({ head }) => head),
              part.rows.map((row) => row.map(plainWords)),
            ),
    )
    .join("\n\n");
}

function partsOf(estimate: CostEstimate): Part[] {
  const { servers } = estimate;
  const [only] = servers.length === 1 ? servers : [];
  return [...(only === undefined ? installationParts(estimate) : serverParts(only, estimate)), ...endParts(estimate)];
}

function serverParts(server: ServerEstimate, { month, prices }: CostEstimate): Part[] {
  const atLeast = server.isComplete ? "" : "at least ";
  const total = formatDollars(server.dollars);
  return [
    { heading: `${server.server}, ${monthWords(month)}: ${atLeast}${total}` },
    { columns: RUN_COLUMNS, rows: server.syncs.flatMap((sync) => runRows(sync, prices)) },
    { words: "" },
    { columns: BILL_COLUMNS, rows: [...billRows(server.month, prices), ["Total", "", "", total]] },
    { words: "" },
    ...noteParts(server, prices),
  ];
}

function installationParts({ servers, month, shared, dollars }: CostEstimate): Part[] {
  const isComplete = servers.every((server) => server.isComplete);
  const rows = servers.map((server) => [
    server.server,
    formatAmount(server.syncs.reduce((sum, { runs }) => sum + runs, 0)),
    `${server.isComplete ? "" : "at least "}${formatDollars(server.dollars)}`,
  ]);
  return [
    {
      heading: `${count(servers.length, "server")}, ${monthWords(month)}: ${isComplete ? "" : "at least "}${formatDollars(dollars)}`,
    },
    {
      columns: [{ head: "Server" }, { head: "Runs", align: "right" }, { head: "Month", align: "right" }],
      rows: [...rows, ["shared by all", "", formatDollars(shared.dollars)]],
    },
    { words: "" },
    ...(isComplete
      ? []
      : [{ words: `Where it says "at least", what runs copy is not known: ${COMMAND} cost NAME --help` }]),
  ];
}

const RUN_COLUMNS: readonly Column[] = [
  { head: "Run" },
  { head: "In the month", align: "right" },
  { head: "Files", align: "right" },
  { head: "Size", align: "right" },
  { head: "Calls", align: "right" },
  { head: "Connector", align: "right" },
  { head: "All", align: "right" },
];

function runRows({ sync, runs, first, each, least }: SyncEstimate, { prices }: PriceList): string[][] {
  const row = (name: string, number: string, { volume, counts, dollars }: PricedRun): string[] => [
    name,
    number,
    formatAmount(volume.files),
    formatBytes(Math.round(volume.bytes)),
    formatAmount(counts.listings + counts.transfers),
    formatDollars(connectorDollars(counts, volume, prices)),
    formatDollars(dollars),
  ];
  return [
    ...(first === undefined ? [] : [row(`${sync}, the first`, "once", first)]),
    row(each === undefined ? `${sync}, at least` : `${sync}, each`, formatAmount(runs), each ?? least),
  ];
}

const connectorDollars = (counts: PricedRun["counts"], { bytes }: PricedRun["volume"], prices: PriceList["prices"]) =>
  dollarsOf("connectorGibibytes", bytes / 1024 ** 3, prices) +
  dollarsOf("connectorCalls", counts.listings + counts.transfers, prices);

const BILL_COLUMNS: readonly Column[] = [
  { head: "In the month" },
  { head: "Amount", align: "right" },
  { head: "Price", align: "right" },
  { head: "Dollars", align: "right" },
];

function billRows(amounts: Amounts, { prices }: PriceList): string[][] {
  return PRICE_NAMES.flatMap((name) => {
    const amount = amounts[name] ?? 0;
    const { what, dollars, per, unit } = prices[name];
    const each = per === 1 ? `a ${unit}` : `for ${per.toLocaleString("en-US")} ${unit}s`;
    return amount === 0
      ? []
      : [
          [
            what,
            formatAmount(amount),
            `${formatPrice(dollars)} ${each}`,
            formatDollars(dollarsOf(name, amount, prices)),
          ],
        ];
  });
}

function noteParts({ syncs }: ServerEstimate, { prices }: PriceList): Part[] {
  const { connectorGibibytes: data, connectorCalls: call } = prices;
  const [gibibyte, tenFiles] = [data.dollars / data.per, call.dollars / call.per].map(formatPrice);
  const unknown = syncs.filter(({ each }) => each === undefined).map(({ sync }) => sync);
  const notes = [
    ...syncs.flatMap(notesOf),
    ...(unknown.length === 0
      ? []
      : [
          `Not known: what a run of ${unknown.join(", ")} copies. Each GiB costs ${gibibyte}; each folder that is listed, and each ten ` +
            `files of a folder, ${tenFiles}. Say it with --files, or have the last reports tell: --reports, or --data DIR.`,
        ]),
  ];
  return notes.map((words) => ({ words }));
}

function notesOf({ sync, runs, enabled, first, each }: SyncEstimate): string[] {
  return [
    ...(runs === 0 && !enabled ? [`${sync} is disabled, and counts with no run (--runs-per-month N).`] : []),
    ...(runs === 0 && enabled ? [`${sync} has no run in this month by its schedule (--runs-per-month N).`] : []),
    ...(first === undefined
      ? []
      : [
          `Besides the month: the first run of ${sync}, and any other in which all is new, ${formatDollars(first.dollars)}.`,
        ]),
    ...(each === undefined ? [] : spreadNote(sync, each)),
  ];
}

function spreadNote(sync: string, { counts }: PricedRun): string[] {
  const more = counts.mostTransfers - counts.transfers;
  return more < 1
    ? []
    : [
        `A call is for ten files of one folder: where the changes of ${sync} are spread over all folders, a run makes up to ` +
          `${formatAmount(counts.listings + counts.mostTransfers)} calls.`,
      ];
}

function endParts({ prices, region, shared, servers }: CostEstimate): Part[] {
  const isElsewhere = prices.region !== region;
  return [
    ...(servers.length === 1 ? [{ words: `All servers share, once: ${sharedWords(shared.month, prices)}.` }] : []),
    {
      words:
        `Prices of ${prices.region} on ${prices.date}, before free tiers, discounts and taxes.` +
        `${isElsewhere ? ` The installation is in ${region}: --prices FILE takes others.` : ""} Not counted: what the files cost in S3.`,
    },
  ];
}

function sharedWords(amounts: Amounts, { prices }: PriceList): string {
  const parts = PRICE_NAMES.flatMap((name) => {
    const amount = amounts[name] ?? 0;
    return amount === 0
      ? []
      : [`${count(amount, prices[name].unit)} ${formatDollars(dollarsOf(name, amount, prices))}`];
  });
  return `${formatDollars(dollarsFor(amounts, { prices }))} a month (${parts.join(", ")})`;
}

const monthWords = ({ from, hours }: CostEstimate["month"]): string =>
  `${from.toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" })} (${hours / 24} days)`;
