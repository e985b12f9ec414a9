import type { Element, ElementContent } from "hast";
import { h } from "hastscript";
import { DEFAULT_TIMEZONE } from "../../../../contract/model";
import { nextRunText } from "../../definitions/next-runs";
import { count } from "../../figures";
import { groupedBy } from "../../grouped-by";
import { badge, code, name, pageTable } from "../../pages/elements";
import { costWords } from "../cost-words";
import type { InstallationOverview, OverviewServer, OverviewSync } from "../installation-overview";
import type { ServerCost } from "../month-costs";
import { WeekStrips } from "./week-strips";

/** With more servers than this, each begins closed; */
const MOST_OPEN = 6;
/** with more than this, they lie in groups. */
const MOST_UNGROUPED = 40;

/** Servers that write to the same buckets. */
export interface ServerGroup {
  readonly id: string;
  /** In order. */
  readonly buckets: readonly string[];
  readonly servers: readonly OverviewServer[];
}

/** The largest group first. */
export function groupsOf(servers: readonly OverviewServer[]): ServerGroup[] {
  const bucketsOf = ({ syncs }: OverviewServer) => [...new Set(syncs.map(({ bucket }) => bucket))].sort();
  return [...groupedBy(servers, (server) => JSON.stringify(bucketsOf(server))).values()]
    .sort((a, b) => b.length - a.length)
    .map((group, index) => ({
      id: `group-${index + 1}`,
      buckets: group[0] === undefined ? [] : bucketsOf(group[0]),
      servers: group,
    }));
}

/** Whether servers are shown group by group. */
export const isGrouped = (servers: readonly OverviewServer[]): boolean => servers.length > MOST_UNGROUPED;

/** Every server with its syncs, behind a field that filters them. */
export function serverContent({ servers, week, costs }: InstallationOverview): ElementContent[] {
  const strips = new WeekStrips(week);
  const costOf = new Map(costs.servers.map((cost) => [cost.server, cost]));
  const detailsOf = (server: OverviewServer) =>
    serverDetails(server, costOf.get(server.name), strips, servers.length <= MOST_OPEN);
  const content = isGrouped(servers)
    ? groupsOf(servers).map(({ id, buckets, servers: own }) =>
        h("details.group", { id }, [
          h("summary", [
            h("h3", count(own.length, "server")),
            h("span.muted", ["to ", ...buckets.flatMap((bucket, index) => [index === 0 ? "" : ", ", name(bucket)])]),
          ]),
          ...own.map(detailsOf),
        ]),
      )
    : servers.map(detailsOf);
  return [
    ...(servers.length > 1 ? [filterForm()] : []),
    h("div", { id: "server-list" }, content),
    strips.definitions(),
  ];
}

/** Only a script can filter: without one, the field is not there. */
function filterForm(): Element {
  return h("div.filter", { id: "filter", hidden: true }, [
    h("label", { htmlFor: "filter-words" }, "Filter"),
    h("input", {
      id: "filter-words",
      type: "search",
      placeholder: "server, host, sync, folder, bucket, disabled ...",
      autoComplete: "off",
      spellCheck: "false",
      ariaControls: "server-list",
    }),
    h("button", { type: "button", id: "open-all" }, "Open all"),
    h("button", { type: "button", id: "close-all" }, "Close all"),
    h("output", { id: "filter-result", htmlFor: "filter-words" }),
  ]);
}

function serverDetails(
  server: OverviewServer,
  cost: ServerCost | undefined,
  strips: WeekStrips,
  isOpen: boolean,
): Element {
  const { name: server_, url, description, file, syncs } = server;
  const disabled = syncs.filter(({ enabled }) => !enabled).length;
  return h("details.card.server", { open: isOpen }, [
    h("summary", [
      h("h3", name(server_)),
      h("span.host", code(url)),
      h("span.badges", [
        h("span.muted", count(syncs.length, "sync")),
        ...(disabled === 0 ? [] : [badge(disabled === syncs.length ? "disabled" : `${disabled} disabled`)]),
        ...(syncs.some(({ allowsOverlap }) => allowsOverlap) ? [badge("overlap allowed", "warn")] : []),
      ]),
    ]),
    h("p.about", [
      ...description.split(/\r?\n/).flatMap((line) => (line.trim() === "" ? [] : [h("bdi", line), " · "])),
      h("span.muted", ["Defined in ", code(file)]),
      ...(cost === undefined ? [] : [h("span.muted", [" · A month: ", costWords(cost)])]),
    ]),
    pageTable(
      `Syncs of ${server_}`,
      [{ head: "Sync" }, { head: "From" }, { head: "To" }, { head: "When" }, { head: "Next" }],
      syncs.map((sync) => [
        [h("strong", name(sync.name)), ...syncBadges(sync)],
        [code(sync.folder), ...(sync.recursive ? [h("span.muted", " and below")] : [])],
        code(sync.target),
        whenOf(sync, strips),
        nextOf(sync),
      ]),
    ),
  ]);
}

function syncBadges({ enabled, allowsOverlap }: OverviewSync): ElementContent[] {
  return [
    ...(enabled ? [] : [" ", badge("disabled")]),
    ...(allowsOverlap ? [" ", badge("overlap allowed", "warn")] : []),
  ].map((one) => (typeof one === "string" ? { type: "text" as const, value: one } : one));
}

/** The schedule in words, with the zone of its clock, and the week as a strip. */
function whenOf(sync: OverviewSync, strips: WeekStrips): ElementContent[] {
  const { schedule, words, enabled } = sync;
  const zone = schedule.kind === "cron" ? schedule.timezone : undefined;
  const strip = enabled ? strips.strip(schedule) : undefined;
  return [
    h("div", [
      words,
      ...(zone === undefined ? [] : [h("span.muted", zone === DEFAULT_TIMEZONE ? ", UTC" : `, ${zone}`)]),
    ]),
    ...(strip === undefined ? [] : [strip]),
  ];
}

function nextOf({ nextRun, schedule, enabled }: OverviewSync): string {
  if (nextRun === undefined) {
    return enabled ? (schedule.kind === "on-demand" ? "by hand" : "known to AWS") : "never: disabled";
  }
  return nextRunText(nextRun, schedule.kind === "cron" ? schedule.timezone : DEFAULT_TIMEZONE);
}
