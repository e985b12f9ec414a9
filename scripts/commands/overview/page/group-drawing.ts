import type { Element } from "hast";
import { s } from "hastscript";
import { count } from "../../figures";
import { groupedBy } from "../../grouped-by";
import type { InstallationOverview, OverviewServer } from "../installation-overview";
import { groupsOf, isGrouped } from "./servers";
import { box, centre, colourOf, placed, WIDTH } from "./shapes";

/** In the drawing's own units. */
const LEFT_WIDTH = 330;
const RIGHT_START = 760;
const LEAST_HEIGHT = 42;
/** What all boxes of a column share besides. */
const SHARED_HEIGHT = 420;
const GAP = 12;
const THINNEST = 1.5;

/** Groups and buckets beyond so many are drawn as one. */
const MOST_BOXES = 12;

const OTHERS = "\0others";

/** A group's syncs to one bucket. */
interface Flow {
  readonly from: string;
  readonly to: string;
  readonly syncs: number;
}

interface Side {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly syncs: number;
  readonly href?: string;
  readonly colour?: string;
}

/** Groups of servers and the buckets that they write to, with lines as wide as their syncs are many. */
export function groupDrawing({ servers, buckets }: InstallationOverview, label: string): Element {
  const groups = leftSides(servers);
  const kept = [...buckets].sort((a, b) => b.targets.length - a.targets.length).slice(0, MOST_BOXES);
  const rest = buckets.filter((bucket) => !kept.includes(bucket));
  const bucketOf = (name: string) => (kept.some((bucket) => bucket.name === name) ? name : OTHERS);
  const flows = groups.flatMap(({ side, servers: own }) => {
    const syncs = own.flatMap((server) => server.syncs);
    return [...groupedBy(syncs, ({ bucket }) => bucketOf(bucket))].map(
      ([to, all]): Flow => ({ from: side.name, to, syncs: all.length }),
    );
  });
  const right: Side[] = [
    ...kept.map(({ name, targets }, index) => ({
      name,
      title: name,
      note: count(targets.length, "sync"),
      syncs: targets.length,
      colour: colourOf(index),
    })),
    ...(rest.length === 0
      ? []
      : [
          othersOf(
            rest.length,
            rest.reduce((sum, { targets }) => sum + targets.length, 0),
          ),
        ]),
  ];
  return drawn(
    groups.map(({ side }) => side),
    right,
    flows,
    label,
  );
}

function leftSides(servers: readonly OverviewServer[]) {
  const all = groupsOf(servers);
  const kept = all.length > MOST_BOXES ? all.slice(0, MOST_BOXES - 1) : all;
  const others = all.slice(kept.length).flatMap((group) => group.servers);
  const links = isGrouped(servers);
  const shown = kept.map(({ id, buckets, servers: own }) => ({
    servers: own,
    side: sideOf(
      id,
      own,
      buckets.length === 1 ? "to one bucket" : `to ${buckets.length} buckets`,
      links ? `#${id}` : undefined,
    ),
  }));
  return others.length === 0
    ? shown
    : [...shown, { servers: others, side: sideOf(OTHERS, others, "to other buckets") }];
}

function sideOf(name: string, servers: readonly OverviewServer[], where: string, href?: string): Side {
  const syncs = servers.reduce((sum, server) => sum + server.syncs.length, 0);
  const [first] = servers;
  const title = servers.length === 1 && first !== undefined ? first.name : count(servers.length, "server");
  return { name, title, note: `${count(syncs, "sync")} ${where}`, syncs, ...(href === undefined ? {} : { href }) };
}

const othersOf = (buckets: number, syncs: number): Side => ({
  name: OTHERS,
  title: count(buckets, "more bucket"),
  note: count(syncs, "sync"),
  syncs,
});

function drawn(left: readonly Side[], right: readonly Side[], flows: readonly Flow[], label: string): Element {
  const all = Math.max(
    1,
    flows.reduce((sum, { syncs }) => sum + syncs, 0),
  );
  const heightOf = (syncs: number) => LEAST_HEIGHT + (syncs / all) * SHARED_HEIGHT;
  const widthOf = (syncs: number) => Math.max(THINNEST, (syncs / all) * SHARED_HEIGHT);
  const columnOf = (sides: readonly Side[], wanted: (name: string, index: number) => number) => {
    const boxes = sides.map((side, index) => ({
      ...side,
      height: heightOf(side.syncs),
      wanted: wanted(side.name, index),
    }));
    const natural = boxes.reduce((sum, { height }) => sum + height + GAP, -GAP);
    return { boxes, natural };
  };
  const leftColumn = columnOf(left, (_, index) => index);
  const leftPlaces = placed(leftColumn.boxes, leftColumn.natural);
  const middleOf = (name: string) =>
    leftPlaces.y(name) + heightOf(left.find((side) => side.name === name)?.syncs ?? 0) / 2;
  const rightColumn = columnOf(right, (name) =>
    centre(flows.filter(({ to }) => to === name).map(({ from }) => middleOf(from))),
  );
  const rightPlaces = placed(rightColumn.boxes, Math.max(leftColumn.natural, rightColumn.natural));
  const starts = bundles(left, "from", leftPlaces.y, heightOf, flows, widthOf, (flow) => rightPlaces.y(flow.to));
  const ends = bundles(right, "to", rightPlaces.y, heightOf, flows, widthOf, (flow) => leftPlaces.y(flow.from));
  const middle = (LEFT_WIDTH + RIGHT_START) / 2;
  const links = flows.map((flow) => {
    const [from, to] = [starts.get(flow) ?? 0, ends.get(flow) ?? 0].map((y) => Math.round(y * 10) / 10);
    return s("path", {
      className: ["link", right.find(({ name }) => name === flow.to)?.colour ?? "colour-other"],
      strokeWidth: Math.round(widthOf(flow.syncs) * 10) / 10,
      d: `M${LEFT_WIDTH} ${from}C${middle} ${from} ${middle} ${to} ${RIGHT_START} ${to}`,
    });
  });
  const height = Math.max(leftPlaces.height, rightPlaces.height);
  return s("svg.drawing", { viewBox: `-1 -1 ${WIDTH + 2} ${height + 2}`, role: "group", ariaLabel: label }, [
    ...links,
    ...leftColumn.boxes.map((side) =>
      box({ ...side, x: 0, y: leftPlaces.y(side.name), width: LEFT_WIDTH, end: false }),
    ),
    ...rightColumn.boxes.map((side) =>
      box({ ...side, x: RIGHT_START, y: rightPlaces.y(side.name), width: WIDTH - RIGHT_START, end: true }),
    ),
  ]);
}

/** Where each line touches its box: one beside the other, in the order of where they come from, about the box's middle. */
function bundles(
  sides: readonly Side[],
  end: "from" | "to",
  topOf: (name: string) => number,
  heightOf: (syncs: number) => number,
  flows: readonly Flow[],
  widthOf: (syncs: number) => number,
  order: (flow: Flow) => number,
): Map<Flow, number> {
  const places = new Map<Flow, number>();
  for (const { name, syncs } of sides) {
    const own = flows.filter((flow) => flow[end] === name).sort((a, b) => order(a) - order(b));
    const whole = own.reduce((sum, flow) => sum + widthOf(flow.syncs), 0);
    let y = topOf(name) + (heightOf(syncs) - whole) / 2;
    for (const flow of own) {
      const width = widthOf(flow.syncs);
      places.set(flow, y + width / 2);
      y += width;
    }
  }
  return places;
}
