import type { Settings } from "../../../config/settings/settings";
import { ACCOUNT_BYTES_PER_SECOND } from "../../../contract/engine-settings";
import type { ServerDefinition } from "../../../contract/model";
import { type ServerEstimate, serverEstimate, sharedEstimate } from "../cost/estimate";
import { monthAt } from "../cost/month";
import { loadPrices } from "../cost/price-file";
import type { PriceList } from "../cost/prices";
import { reportedVolumes, reportSource, type VolumeSource } from "../cost/reported-volumes";
import { userFile } from "../paths";

export interface CostSource extends VolumeSource {
  /** A price file. */
  readonly prices?: string | undefined;
}

/** A month of a server. */
export interface ServerCost {
  readonly server: string;
  /** Those that schedules start. */
  readonly runs: number;
  /** Where what runs copy is not known: what is fixed, and each run at its least. */
  readonly dollars: number;
  /** Syncs that run, and of whose runs nobody knows what they copy. */
  readonly unknown: readonly string[];
}

/** The month of an installation. */
export interface InstallationCosts {
  /** `2026-12` */
  readonly month: string;
  readonly prices: Pick<PriceList, "region" | "date">;
  /** The most expensive first. */
  readonly servers: readonly ServerCost[];
  /** Dollars of what all servers have in common. */
  readonly shared: number;
  /** Dollars of all that, at the least where anything is unknown. */
  readonly dollars: number;
}

/** Estimates the month that a moment lies in. @throws UserError, AwsFailure */
export async function installationCosts(
  definitions: readonly ServerDefinition[],
  settings: Settings,
  now: Date,
  source: CostSource,
): Promise<InstallationCosts> {
  const month = monthAt(now);
  const prices = await loadPrices(source.prices === undefined ? undefined : userFile(source.prices));
  const reportsOf = await reportSource(settings, source);
  const servers: ServerCost[] = [];
  for (const definition of definitions) {
    const volumes = await reportedVolumes(definition, reportsOf);
    const estimate = serverEstimate(definition, {
      ...{ month, prices, settings, bytesPerSecond: ACCOUNT_BYTES_PER_SECOND, byHand: 0 },
      volumeOf: (sync) => volumes.get(sync),
    });
    servers.push(costOf(estimate));
  }
  const shared = sharedEstimate(prices).dollars;
  return {
    month: month.name,
    prices: { region: prices.region, date: prices.date },
    servers: servers.sort((a, b) => b.dollars - a.dollars || (a.server < b.server ? -1 : 1)),
    shared,
    dollars: servers.reduce((sum, { dollars }) => sum + dollars, shared),
  };
}

function costOf({ server, syncs, dollars }: ServerEstimate): ServerCost {
  return {
    server,
    runs: syncs.reduce((sum, { runs }) => sum + runs, 0),
    dollars,
    unknown: syncs.filter(({ runs, each }) => runs > 0 && each === undefined).map(({ sync }) => sync),
  };
}
