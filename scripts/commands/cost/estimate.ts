import type { Settings } from "../../../config/settings/settings";
import type { ServerDefinition, SyncDefinition } from "../../../contract/model";
import { RUN_METRICS } from "../../../contract/run-metrics";
import { fixedAmounts, SHARED_AMOUNTS } from "./fixed";
import type { Month } from "./month";
import { type MonthRuns, runsIn } from "./month-runs";
import { type Amounts, added, dollarsFor, type PriceList, times } from "./prices";
import { amountsOfRun, countsOfRun, type RunCounts, type RunPace, type RunVolume } from "./run-counts";

/** What is known of the runs of a sync. */
export interface SyncVolume {
  /** Of a run that follows others. */
  readonly each: RunVolume;
  /** Of the first run, or of one in which everything is new; absent where that is not known. */
  readonly first?: RunVolume;
}

export interface PricedRun {
  readonly volume: RunVolume;
  readonly counts: RunCounts;
  readonly amounts: Amounts;
  readonly dollars: number;
}

export interface SyncEstimate extends MonthRuns {
  readonly sync: string;
  readonly enabled: boolean;
  /** Of the month, but for what only the volume tells. */
  readonly metrics: Amounts;
  /** Absent where the volume is not known. */
  readonly each?: PricedRun;
  readonly first?: PricedRun;
  /** A run that lists one folder, and copies nothing: what a run costs at the least. */
  readonly least: PricedRun;
}

export interface ServerEstimate {
  readonly server: string;
  /** Of a month without a run. */
  readonly fixed: Amounts;
  readonly syncs: readonly SyncEstimate[];
  /** The month: what is fixed, and each run; where a volume is not known, the sync's runs at their least. */
  readonly month: Amounts;
  readonly dollars: number;
  /** Whether that is all: the volume of each sync that runs is known. */
  readonly isComplete: boolean;
}

export interface EstimateOptions {
  readonly month: Month;
  readonly prices: PriceList;
  readonly settings: Settings;
  /** How fast files arrive. */
  readonly bytesPerSecond: number;
  /** Runs in the month of a sync that no schedule starts. */
  readonly byHand: number;
  volumeOf(sync: string): SyncVolume | undefined;
}

const LEAST: RunVolume = { folders: 1, files: 0, bytes: 0 };

/** A month of a server. */
export function serverEstimate(server: ServerDefinition, options: EstimateOptions): ServerEstimate {
  const { settings, prices } = options;
  const syncs = server.syncs.map((sync) => syncEstimate(sync, options));
  const fixed = fixedAmounts(server, settings);
  const month = added([fixed, ...syncs.map(monthOfSync)]);
  return {
    server: server.name,
    fixed,
    syncs,
    month,
    dollars: dollarsFor(month, prices),
    isComplete: syncs.every(({ runs, each }) => runs === 0 || each !== undefined),
  };
}

/** What all servers have in common, in a month. */
export function sharedEstimate(prices: PriceList): { readonly month: Amounts; readonly dollars: number } {
  return { month: SHARED_AMOUNTS, dollars: dollarsFor(SHARED_AMOUNTS, prices) };
}

function syncEstimate(sync: SyncDefinition, options: EstimateOptions): SyncEstimate {
  const { month, settings, prices, bytesPerSecond, byHand, volumeOf } = options;
  const runs = runsIn(month, sync, byHand);
  const priced = (volume: RunVolume) => pricedRun(volume, { ...settings, bytesPerSecond }, prices);
  const volume = volumeOf(sync.setting.Name);
  return {
    sync: sync.setting.Name,
    enabled: sync.enabled,
    ...runs,
    // A metric is charged by the hours in which it has data.
    metrics: { metricMonths: (Object.keys(RUN_METRICS).length * runs.hours) / month.hours },
    ...(volume === undefined ? {} : { each: priced(volume.each) }),
    ...(volume?.first === undefined ? {} : { first: priced(volume.first) }),
    least: priced(LEAST),
  };
}

/** What a run costs. */
export function pricedRun(volume: RunVolume, pace: RunPace, prices: PriceList): PricedRun {
  const counts = countsOfRun(volume, pace);
  const amounts = amountsOfRun(volume, counts);
  return { volume, counts, amounts, dollars: dollarsFor(amounts, prices) };
}

function monthOfSync({ runs, scheduled, metrics, each, least }: SyncEstimate): Amounts {
  return added([metrics, { schedulerInvocations: scheduled }, times(runs, (each ?? least).amounts)]);
}
