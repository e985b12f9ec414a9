import type { ElementContent } from "hast";
import { h } from "hastscript";
import { count } from "../../figures";
import { code, name, pageTable } from "../../pages/elements";
import type { InstallationOverview, OverviewBucket } from "../installation-overview";

/** Buckets with more places than this begin closed. */
const MOST_OPEN = 12;

/** The map the other way round: who writes where. */
export function bucketContent({ buckets }: InstallationOverview): ElementContent[] {
  const all = buckets.reduce((sum, { targets }) => sum + targets.length, 0);
  return buckets.map((bucket) => bucketDetails(bucket, all <= MOST_OPEN));
}

function bucketDetails({ name: bucket, targets }: OverviewBucket, isOpen: boolean): ElementContent {
  const servers = new Set(targets.map(({ server }) => server)).size;
  const sorted = [...targets].sort((a, b) => (a.target < b.target ? -1 : 1));
  return h("details.card", { open: isOpen }, [
    h("summary", [
      h("h3", name(bucket)),
      h("span.muted", `${count(targets.length, "sync")} of ${count(servers, "server")}`),
    ]),
    pageTable(
      `Syncs that write to ${bucket}`,
      [{ head: "Place" }, { head: "Written by" }],
      sorted.map(({ target, server, sync }) => [code(target), name(`${server} / ${sync}`)]),
    ),
  ]);
}
