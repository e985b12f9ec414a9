import { COMMAND } from "../command-line";
import { formatDollars } from "../cost/dollars";
import { count } from "../figures";
import type { InstallationCosts, ServerCost } from "./month-costs";

/** `$4.71`, or `unknown, at least $4.71`. */
export function costWords({ dollars, unknown }: Pick<ServerCost, "dollars" | "unknown">): string {
  return unknown.length === 0 ? formatDollars(dollars) : `unknown, at least ${formatDollars(dollars)}`;
}

/** The same of all servers and what they share. */
export const totalWords = ({ dollars, servers }: InstallationCosts): string =>
  costWords({ dollars, unknown: servers.flatMap(({ unknown }) => unknown) });

/** What stands below: whose volumes are unknown and how one gives them, and which prices these are. */
export function costNotes({ month, servers, prices }: InstallationCosts): string[] {
  const unknown = servers.filter((server) => server.unknown.length > 0).length;
  return [
    ...(unknown === 0
      ? []
      : [
          `What the runs of ${count(unknown, "server")} copy is unknown. ${COMMAND} overview --reports takes it from the last runs on AWS, ` +
            `--data DIR from those of local; ${COMMAND} cost NAME --files N --size SIZE --changed PART takes figures.`,
        ]),
    `The month is ${month}, at prices of ${prices.region} on ${prices.date}, before free tiers, discounts and taxes; --prices FILE takes others.`,
  ];
}
