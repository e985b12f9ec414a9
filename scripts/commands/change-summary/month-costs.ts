import type { Settings } from "../../../config/settings/settings";
import { ACCOUNT_BYTES_PER_SECOND } from "../../../contract/engine-settings";
import type { ServerDefinition } from "../../../contract/model";
import { COMMAND } from "../command-line";
import { formatDollars, formatPrice } from "../cost/dollars";
import { serverEstimate } from "../cost/estimate";
import type { Month } from "../cost/month";
import { dollarsFor, LIST_PRICES } from "../cost/prices";
import { markdownTable } from "../markdown-table";

/** What is known of a month of some servers without their files. */
export interface MonthCosts {
  readonly servers: number;
  /** Dollars of what is there without a run; what all servers share is left out. */
  readonly fixed: number;
  /** Those that schedules start. */
  readonly runs: number;
  /** Dollars of these runs, were there one folder to list and nothing to copy. */
  readonly leastOfRuns: number;
}

/** The month before and after a change. */
export interface CostChange {
  /** `2026-12` */
  readonly month: string;
  readonly before: MonthCosts;
  readonly after: MonthCosts;
}

/** Servers that are not valid are none. */
export function monthCosts(servers: readonly ServerDefinition[], settings: Settings, month: Month): MonthCosts {
  const estimates = servers.map((server) =>
    serverEstimate(server, {
      ...{ month, settings, prices: LIST_PRICES, bytesPerSecond: ACCOUNT_BYTES_PER_SECOND, byHand: 0 },
      volumeOf: () => undefined,
    }),
  );
  const sum = (figure: (estimate: (typeof estimates)[number]) => number) =>
    estimates.reduce((total, estimate) => total + figure(estimate), 0);
  const fixed = sum((estimate) => dollarsFor(estimate.fixed, LIST_PRICES));
  return {
    servers: servers.length,
    fixed,
    runs: sum(({ syncs }) => syncs.reduce((runs, sync) => runs + sync.scheduled, 0)),
    leastOfRuns: sum(({ dollars }) => dollars) - fixed,
  };
}

/** A short section; nothing where the month is as it was. */
export function costMarkdown({ month, before, after }: CostChange): string[] {
  const rows = [
    ["fixed", formatDollars(before.fixed), formatDollars(after.fixed)],
    ["runs by schedule", before.runs.toLocaleString("en-US"), after.runs.toLocaleString("en-US")],
    ["these runs, with nothing to copy", formatDollars(before.leastOfRuns), formatDollars(after.leastOfRuns)],
  ];
  if (rows.every(([, one, other]) => one === other)) {
    return [];
  }
  const { connectorGibibytes: data, connectorCalls: calls } = LIST_PRICES.prices;
  return [
    "### What a month costs",
    markdownTable([`all servers, ${month}`, "before", "after"], rows),
    `Files come besides: ${formatPrice(data.dollars)} for each GiB, ${formatPrice(calls.dollars)} for each folder that is listed and each ten ` +
      `files of a folder. Prices of ${LIST_PRICES.region} on ${LIST_PRICES.date}; \`${COMMAND} cost SERVER\` takes volumes.`,
  ];
}
