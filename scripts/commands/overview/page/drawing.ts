import type { Element, ElementContent } from "hast";
import { h, s } from "hastscript";
import { shortened } from "../../../../contract/printable";
import { count } from "../../figures";
import type { InstallationOverview } from "../installation-overview";
import { groupDrawing } from "./group-drawing";
import { isGrouped } from "./servers";
import { box, centre, colourOf, placed, WIDTH } from "./shapes";

/** In the drawing's own units. */
const ROW = 26;
const SERVER_GAP = 12;
const SERVER_WIDTH = 240;
const SYNC_START = 252;
const SYNC_END = 620;
const BUCKET_START = 820;
const BUCKET_HEIGHT = 44;
const LINE = 1.75;

/** Of a sync's name and folder, which share a line. */
const MOST_CHARACTERS = 44;

/** With more syncs than this, or with servers in groups, only groups are drawn. */
const MOST_SYNCS = 80;

/**
 * Servers, syncs and buckets as a drawing, for pages that are wide enough. Many servers are drawn as groups of those that write
 * to the same buckets. The sections below say the same in words.
 */
export function mapDrawing(overview: InstallationOverview): ElementContent[] {
  const { servers, buckets } = overview;
  const syncs = servers.reduce((sum, server) => sum + server.syncs.length, 0);
  const isInGroups = isGrouped(servers) || syncs > MOST_SYNCS;
  const label = `Drawing: ${count(syncs, "sync")} of ${count(servers.length, "server")} to ${count(buckets.length, "bucket")}. The sections below say the same in words.`;
  return [
    h(
      "p.wide",
      isInGroups
        ? "Servers that write to the same buckets, the largest groups first. A line is as wide as its syncs are many."
        : "From servers and their syncs to buckets. A dashed line is a sync that is disabled.",
    ),
    h("p.narrow", "The drawing needs a wider window; the sections below say the same."),
    isInGroups ? groupDrawing(overview, label) : syncDrawing(overview, label),
  ];
}

interface Row {
  readonly y: number;
  readonly bucket: string;
  readonly enabled: boolean;
}

function syncDrawing({ servers, buckets }: InstallationOverview, label: string): Element {
  const rows: Row[] = [];
  const left: Element[] = [];
  let y = 0;
  for (const { name, url, syncs } of servers) {
    const height = Math.max(1, syncs.length) * ROW;
    left.push(
      box({ x: 0, y, width: SERVER_WIDTH, height, title: name, note: syncs.length > 1 ? url : "", end: false }),
    );
    for (const { name: sync, folder, bucket, enabled } of syncs) {
      left.push(syncChip(y, sync, folder, enabled));
      rows.push({ y: y + ROW / 2, bucket, enabled });
      y += ROW;
    }
    y += SERVER_GAP;
  }
  const places = placed(
    buckets.map(({ name }) => ({
      name,
      height: BUCKET_HEIGHT,
      wanted: centre(rows.filter(({ bucket }) => bucket === name).map((row) => row.y)),
    })),
    y - SERVER_GAP,
  );
  const right = buckets.map(({ name, targets }, index) =>
    box({
      x: BUCKET_START,
      y: places.y(name),
      width: WIDTH - BUCKET_START,
      height: BUCKET_HEIGHT,
      title: name,
      note: count(targets.length, "sync"),
      end: true,
      colour: colourOf(index),
    }),
  );
  const links = rows.map(({ y: from, bucket, enabled }) => {
    const to = places.y(bucket) + BUCKET_HEIGHT / 2;
    const colour = colourOf(buckets.findIndex(({ name }) => name === bucket));
    const middle = (SYNC_END + BUCKET_START) / 2;
    return s("path", {
      className: ["link", colour, ...(enabled ? [] : ["off"])],
      strokeWidth: LINE,
      d: `M${SYNC_END} ${from}C${middle} ${from} ${middle} ${to} ${BUCKET_START} ${to}`,
    });
  });
  const height = Math.max(places.height, y - SERVER_GAP);
  return s("svg.drawing", { viewBox: `-1 -1 ${WIDTH + 2} ${height + 2}`, role: "img", ariaLabel: label }, [
    ...links,
    ...left,
    ...right,
  ]);
}

function syncChip(y: number, name: string, folder: string, enabled: boolean): Element {
  const shown = shortened(name, MOST_CHARACTERS / 2);
  const room = MOST_CHARACTERS - shown.length;
  return s("g", [
    s("title", `${name}: ${folder}`),
    s("rect", {
      className: ["chip", ...(enabled ? [] : ["off"])],
      x: SYNC_START,
      y: y + 2,
      width: SYNC_END - SYNC_START,
      height: ROW - 4,
      rx: 4,
    }),
    s("text", { x: SYNC_START + 10, y: y + ROW / 2 + 4.5 }, [
      shown,
      s("tspan.muted", { dx: 8 }, shortened(folder, Math.max(8, room))),
    ]),
  ]);
}
