import { printable } from "../../../contract/printable";
import { table } from "../../terminal/table";
import { formatDollars } from "../cost/dollars";
import { count, formatBytes } from "../figures";
import type { Sharing } from "./account-limits";
import { costNotes, costWords, totalWords } from "./cost-words";
import type { InstallationOverview } from "./installation-overview";
import { minutesWords, minuteWords } from "./minute-words";
import { minuteAt } from "./week";

/** So many servers are shown with their costs. */
const MOST_SERVERS = 20;

/** So many collisions and names of each are shown. */
const MOST_SHOWN = 5;
const MOST_NAMED = 3;

/** What a person reads of an installation: counts, busiest minutes, limits. */
export function overviewText(overview: InstallationOverview): string {
  return [
    [headline(overview), ...busiestLines(overview)].map(printable).join("\n"),
    ...(overview.week.collisions.length === 0 ? [] : [collisionTable(overview)]),
    limitTable(overview),
    ...(overview.costs.servers.length === 0
      ? []
      : [costTable(overview), costNotes(overview.costs).map(printable).join("\n")]),
  ].join("\n\n");
}

/** Of the syncs, those that start nothing by themselves: `3 disabled`, `2 on demand`; nothing of which there is none. */
export function idleSyncs({ servers }: Pick<InstallationOverview, "servers">): string[] {
  const syncs = servers.flatMap((server) => server.syncs);
  const disabled = syncs.filter(({ enabled }) => !enabled).length;
  const onDemand = syncs.filter(({ enabled, schedule }) => enabled && schedule.kind === "on-demand").length;
  return [...(disabled === 0 ? [] : [`${disabled} disabled`]), ...(onDemand === 0 ? [] : [`${onDemand} on demand`])];
}

function headline(overview: InstallationOverview): string {
  const { servers, buckets, region } = overview;
  const syncs = servers.reduce((sum, server) => sum + server.syncs.length, 0);
  const idle = idleSyncs(overview);
  const syncText = `${count(syncs, "sync")}${idle.length === 0 ? "" : ` (${idle.join(", ")})`}`;
  return `${count(servers.length, "server")}, ${syncText}, ${count(buckets.length, "bucket")}, in ${region}`;
}

/** `4.2 MB/s each`, and for a connector that several syncs share, their part of its listings. */
export function sharingLines({ runs, bytesPerSecond, crowded }: Sharing): string[] {
  return [
    ...(runs < 2
      ? []
      : [`All connectors of an account share 50 MB/s: ${formatBytes(bytesPerSecond)}/s for each of ${runs} runs.`]),
    ...(crowded === undefined
      ? []
      : [
          `${crowded.server} starts ${crowded.syncs} syncs in one minute, which share its connector: ${rounded(crowded.listingsPerSecond)} listings a second for each.`,
        ]),
  ];
}

function busiestLines({ week, sharing }: InstallationOverview): string[] {
  if (week.busiest === undefined || sharing === undefined) {
    return ["No schedule starts a run at a known minute of the next seven days."];
  }
  const { minute, runs } = week.busiest;
  return [
    `Busiest minute: ${minuteWords(minuteAt(week, minute))} UTC, in which ${count(runs, "run")} ${runs === 1 ? "starts" : "start"}.`,
    ...sharingLines(sharing),
    ...(week.unplaced.length === 0
      ? []
      : [
          `${count(week.unplaced.length, "sync with a rate", "syncs with a rate")}: AWS counts from their deployment, so their minutes are not known here.`,
        ]),
  ];
}

function collisionTable({ week }: InstallationOverview): string {
  const rows = week.collisions
    .slice(0, MOST_SHOWN)
    .map(({ syncs, minutes }) => [
      String(syncs.length),
      minutesWords(minutes, week.from),
      namedSyncs(syncs, MOST_NAMED),
    ]);
  const more = week.collisions.length - rows.length;
  const lines = table([{ head: "Runs", align: "right" }, { head: "When (UTC)" }, { head: "Start together" }], rows);
  return more > 0 ? `${lines}\n${more} more: --json has all` : lines;
}

/** The first names, and how many there are besides. */
export function namedSyncs(syncs: readonly string[], most: number): string {
  const more = syncs.length - most;
  return `${syncs.slice(0, most).join(", ")}${more > 0 ? `, ${more} more` : ""}`;
}

function limitTable({ limits }: InstallationOverview): string {
  return table(
    [{ head: "Limit" }, { head: "Used", align: "right" }, { head: "Of", align: "right" }],
    limits.map(({ name, used, limit }) => [name, used.toLocaleString("en-US"), limit.toLocaleString("en-US")]),
  );
}

function costTable({ costs }: InstallationOverview): string {
  const { servers, shared } = costs;
  const rows = servers
    .slice(0, MOST_SERVERS)
    .map((one) => [one.server, one.runs.toLocaleString("en-US"), costWords(one)]);
  const more = servers.length - rows.length;
  return table(
    [{ head: "Server" }, { head: "Runs", align: "right" }, { head: "Month", align: "right" }],
    [
      ...rows,
      ...(more > 0 ? [[`${more} more: --json has all`, "", ""]] : []),
      ["shared by all", "", formatDollars(shared)],
      ["Total", "", totalWords(costs)],
    ],
  );
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
