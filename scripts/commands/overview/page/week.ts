import type { Element, ElementContent } from "hast";
import { h, s } from "hastscript";
import { count, formatBytes } from "../../figures";
import { name, pageTable } from "../../pages/elements";
import type { InstallationOverview } from "../installation-overview";
import { dayWords, minutesWords } from "../minute-words";
import { namedSyncs, sharingLines } from "../overview-text";
import { minuteAt, type Week } from "../week";

const DAY = 24 * 60;
/** A bar is as wide as so many minutes, and as high as the busiest of them. */
const BAR = 5;
const HEIGHT = 40;
/** One run is seen even beside hundreds, */
const LEAST = 4;
/** and is no tower where there are only single ones. */
const LEAST_SCALE = 4;
/** What of the height bars may take. */
const ROOM = HEIGHT - 4;

const MOST_COLLISIONS = 20;
const MOST_NAMED = 8;

/** When runs start, which of them start together, and what they share then. */
export function weekContent({ week, sharing }: InstallationOverview): ElementContent[] {
  const { collisions, unplaced, busiest } = week;
  return [
    h(
      "p",
      busiest === undefined
        ? "No schedule starts a run at a known minute of these seven days."
        : `Starts of all schedules in UTC, whatever clock each goes by. A bar stands for five minutes: the higher, the more runs start in one of them${busiest.runs > 1 ? `, up to ${busiest.runs}` : ""}.`,
    ),
    ...(busiest === undefined ? [] : [legend(), ...days(week, busiest.runs)]),
    ...(sharing === undefined ? [] : sharingLines(sharing).map((line) => h("p", line))),
    ...(unplaced.length === 0
      ? []
      : [
          h(
            "p",
            `Not shown, since AWS counts from when a rate is deployed: ${namedSyncs(
              unplaced.map(({ sync }) => sync),
              MOST_NAMED,
            )}.`,
          ),
        ]),
    h("h3", "Runs that start together"),
    ...(collisions.length === 0 ? [h("p", "None: every run has its minute for itself.")] : collisionContent(week)),
  ];
}

function legend(): Element {
  return h("p.legend", { ariaHidden: "true" }, [
    h("span.key.alone"),
    "one run in a minute ",
    h("span.key.together"),
    "several in the same minute",
  ]);
}

function days(week: Week, most: number): Element[] {
  return [
    h(
      "ol.days",
      Array.from({ length: 7 }, (_, day) => dayRow(week, day, most)),
    ),
    h(
      "div.hours",
      { ariaHidden: "true" },
      h(
        "div.scale",
        ["00", "06", "12", "18", "24"].map((hour) => h("span", hour)),
      ),
    ),
  ];
}

function dayRow(week: Week, day: number, most: number): Element {
  const starts = week.starts.subarray(day * DAY, (day + 1) * DAY);
  const runs = starts.reduce((sum, one) => sum + one, 0);
  const highest = starts.reduce((max, one) => Math.max(max, one), 0);
  return h("li", [
    h("span.day", dayWords(minuteAt(week, day * DAY))),
    s("svg.bars", { viewBox: `0 0 ${DAY} ${HEIGHT}`, preserveAspectRatio: "none", ariaHidden: "true" }, [
      s("path.grid", { d: [1, 2, 3].map((quarter) => `M${(quarter * DAY) / 4} 0v${HEIGHT}`).join("") }),
      s("path.alone", { d: bars(starts, most, (runs) => runs === 1) }),
      s("path.together", { d: bars(starts, most, (runs) => runs > 1) }),
    ]),
    h("span.sum", [count(runs, "run"), h("span.muted", highest > 1 ? `, up to ${highest} together` : "")]),
  ]);
}

function bars(starts: Uint16Array, most: number, isWanted: (runs: number) => boolean): string {
  const path: string[] = [];
  for (let at = 0; at < DAY; at += BAR) {
    const runs = starts.subarray(at, at + BAR).reduce((max, one) => Math.max(max, one), 0);
    if (runs > 0 && isWanted(runs)) {
      const height = Math.max(LEAST, Math.round((runs / Math.max(LEAST_SCALE, most)) * ROOM));
      path.push(`M${at} ${HEIGHT}v-${height}h${BAR}v${height}z`);
    }
  }
  return path.join("");
}

function collisionContent(week: Week): ElementContent[] {
  const shown = week.collisions.slice(0, MOST_COLLISIONS);
  const more = week.collisions.length - shown.length;
  return [
    pageTable(
      "Runs that start in the same minute",
      [
        { head: "Runs", align: "right" },
        { head: "When (UTC)" },
        { head: "Each gets of 50 MB/s", align: "right" },
        { head: "Syncs" },
      ],
      shown.map(({ syncs, minutes }) => [
        String(syncs.length),
        minutesWords(minutes, week.from),
        `${formatBytes(50_000_000 / syncs.length)}/s`,
        name(namedSyncs(syncs, MOST_NAMED)),
      ]),
    ),
    ...(more > 0
      ? [
          h(
            "p.muted",
            `${count(more, "more group")} of syncs start together at other minutes: overview --json has all.`,
          ),
        ]
      : []),
  ];
}
