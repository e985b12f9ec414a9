import type { ElementContent } from "hast";
import { h } from "hastscript";
import { pageTable, usageBar } from "../../pages/elements";
import type { InstallationOverview } from "../installation-overview";

/** How much the definitions take of the account's quotas. */
export function limitContent({ limits }: InstallationOverview): ElementContent[] {
  return [
    h(
      "p",
      "What these definitions take of each. What else is in the account is not known here; quotas may differ, and most can be raised.",
    ),
    pageTable(
      "Limits and how much of each is used",
      [
        { head: "Limit" },
        { head: "Used", align: "right" },
        { head: "Of", align: "right" },
        { head: "Share" },
        { head: "Where it comes from" },
      ],
      limits.map(({ name, used, limit, note }) => [
        name,
        used.toLocaleString("en-US"),
        limit.toLocaleString("en-US"),
        h("span.share", [usageBar(used, limit), shareOf(used, limit)]),
        note,
      ]),
    ),
  ];
}

function shareOf(used: number, limit: number): string {
  const share = (used / limit) * 100;
  const text = used === 0 || share >= 1 ? `${Math.round(share)} %` : "below 1 %";
  return used > limit ? `${text}, too much` : text;
}
