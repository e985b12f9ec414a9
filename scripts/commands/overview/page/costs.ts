import type { ElementContent } from "hast";
import { h } from "hastscript";
import { formatDollars } from "../../cost/dollars";
import { name, pageTable } from "../../pages/elements";
import { costNotes, costWords, totalWords } from "../cost-words";
import type { InstallationOverview } from "../installation-overview";

/** What the month costs, server by server. */
export function costContent({ costs }: InstallationOverview): ElementContent[] {
  const { servers, shared } = costs;
  return [
    ...costNotes(costs).map((note) => h("p", note)),
    pageTable(
      "What a month costs, by server",
      [{ head: "Server" }, { head: "Runs", align: "right" }, { head: "Month", align: "right" }],
      [
        ...servers.map((one) => [name(one.server), one.runs.toLocaleString("en-US"), costWords(one)]),
        ["shared by all", "", formatDollars(shared)],
        [h("strong", "Total"), "", h("strong", totalWords(costs))],
      ],
    ),
  ];
}
