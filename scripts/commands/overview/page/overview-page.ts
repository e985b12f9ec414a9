import { COMMAND } from "../../command-line";
import { count } from "../../figures";
import { tiles } from "../../pages/elements";
import { pageHtml, type Section } from "../../pages/page";
import type { InstallationOverview } from "../installation-overview";
import { minuteWords } from "../minute-words";
import { idleSyncs } from "../overview-text";
import { minuteAt } from "../week";
import { bucketContent } from "./buckets";
import { costContent } from "./costs";
import { mapDrawing } from "./drawing";
import { limitContent } from "./limits";
import { problemContent } from "./problems";
import { serverContent } from "./servers";
import { weekContent } from "./week";

/** The overview as one page. */
export function overviewPage(overview: InstallationOverview): string {
  const { now, environment, region, namePrefix } = overview;
  const time = `${now.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return pageHtml({
    title: environment === undefined ? "SFTP to S3" : `SFTP to S3: ${environment}`,
    lead: `What is defined for ${region}, with names that begin with ${namePrefix}. As of ${time}.`,
    sections: sectionsOf(overview),
    footer: `Made by ${COMMAND} overview from the definitions in servers/. It knows what is defined, not what is deployed or how long runs take.`,
  });
}

function sectionsOf(overview: InstallationOverview): Section[] {
  const { servers, problems } = overview;
  return [
    { id: "glance", heading: "At a glance", content: [summaryTiles(overview)] },
    ...(problems.length === 0
      ? []
      : [{ id: "problems", heading: "What validation says", content: problemContent(overview) }]),
    ...(servers.length === 0
      ? []
      : [
          { id: "map", heading: "Map", content: mapDrawing(overview) },
          { id: "week", heading: "The week", content: weekContent(overview) },
          { id: "costs", heading: "What a month costs", content: costContent(overview) },
          { id: "limits", heading: "The account's limits", content: limitContent(overview) },
          { id: "servers", heading: "Servers and syncs", content: serverContent(overview) },
          { id: "buckets", heading: "Buckets", content: bucketContent(overview) },
        ]),
  ];
}

function summaryTiles(overview: InstallationOverview) {
  const { servers, buckets, week, problems, invalid, limits } = overview;
  const syncs = servers.reduce((sum, server) => sum + server.syncs.length, 0);
  const idle = idleSyncs(overview);
  const warnings = problems.filter(({ severity }) => severity === "warning").length;
  const runs = week.starts.reduce((sum, one) => sum + one, 0);
  const exceeded = limits.filter(({ used, limit }) => used > limit);
  const { busiest } = week;
  return tiles([
    {
      label: "Servers",
      value: figure(servers.length),
      ...(invalid.length === 0 ? {} : { note: `and ${count(invalid.length, "file")} not valid` }),
    },
    { label: "Syncs", value: figure(syncs), ...(idle.length === 0 ? {} : { note: idle.join(", ") }) },
    { label: "Buckets", value: figure(buckets.length) },
    {
      label: "Runs a week",
      value: figure(runs),
      ...(week.unplaced.length === 0 ? {} : { note: `and those of ${count(week.unplaced.length, "rate")}` }),
    },
    {
      label: "Peak minute",
      ...(busiest === undefined
        ? { value: "none" }
        : { value: count(busiest.runs, "run"), note: `${minuteWords(minuteAt(week, busiest.minute))} UTC` }),
    },
    {
      label: "Over a limit",
      value: figure(exceeded.length),
      ...(exceeded.length === 0 ? {} : { note: exceeded.map(({ name }) => name).join(", ") }),
    },
    { label: "Warnings", value: figure(warnings) },
  ]);
}

const figure = (value: number): string => value.toLocaleString("en-US");
