import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Settings } from "../../../config/settings/settings";
import { ACCOUNT_BYTES_PER_SECOND } from "../../../contract/engine-settings";
import type { ServerDefinition, SyncDefinition } from "../../../contract/model";
import { type Report, type ReportedFile, reportSchema, type SkippedFile } from "../../../engine/report";
import { createPrivateFolder } from "../../../local/privacy/private-folder";
import type { RunResult } from "../../../local/runner/run-result";
import { advice } from "../advice";
import { type PricedRun, pricedRun } from "../cost/estimate";
import { loadPrices } from "../cost/price-file";
import type { PriceList } from "../cost/prices";
import { loadDefinition } from "../definition";
import { definitionFile } from "../definition-file";
import { type LocalOptions, type LocalResult, runLocal } from "../local";
import { userFile } from "../paths";
import { loadSettings } from "../settings";
import { type BaseOptions, openBase } from "./base";
import { type ListedTree, readListedTree } from "./listed-tree";

export interface PreviewOptions
  extends BaseOptions,
    Pick<
      LocalOptions,
      "definition" | "sync" | "fromTimestamp" | "all" | "env" | "ask" | "signal" | "observer" | "functionsDir"
    > {
  /** A price file. */
  readonly prices?: string | undefined;
  /** Told warnings and hints. */
  notice?(text: string): void;
}

/** What the next run of a sync would do. */
export interface SyncPreview {
  readonly sync: string;
  readonly status: RunResult["status"];
  readonly error?: RunResult["error"];
  readonly failures: RunResult["failures"];
  /** Of one that would fail, where that can be told. */
  readonly whatToDo?: string;
  readonly warnings: readonly string[];
  /** Absent where the run left no report. */
  readonly found?: Found;
}

export interface Found extends ListedTree {
  /** The remote folder, with its date tags resolved. */
  readonly folder: string;
  readonly folders: Report["folders"];
  /** Files that would be copied, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** By reason: how many, and the first paths. */
  readonly skipped: readonly {
    readonly reason: string;
    readonly count: number;
    readonly examples: readonly string[];
  }[];
  /** The first of these files; those that are unchanged only where all are wanted. */
  readonly skippedFiles: readonly SkippedFile[];
  /** Present where the run only counted some of them: how many. */
  readonly unlistedSkipped?: number;
  readonly largest: readonly { readonly path: string; readonly bytes: number }[];
  /** The first of the files that would be copied, in the order in which the run found them. */
  readonly copiedFiles: readonly ReportedFile[];
  /** As AWS would charge for it. */
  readonly run: PricedRun;
  readonly time: RunTime;
}

/** The least that a run takes, in seconds, by the service's limits: listings and transfers go on at once. */
export interface RunTime {
  readonly listing: number;
  readonly transferring: number;
  readonly least: number;
}

export interface Preview {
  readonly server: string;
  readonly against: { readonly kind: "deployed" | "folder" | "empty"; readonly words: string };
  readonly syncs: readonly SyncPreview[];
  /** As in `local`. */
  readonly disabled: NonNullable<LocalResult["disabled"]>;
  readonly prices: Pick<PriceList, "region" | "date">;
  readonly limits: { readonly listingsPerSecond: number; readonly bytesPerSecond: number };
}

/**
 * Lists for real and decides, as a dry run does, held against what was copied already; writes nothing but temporary files.
 * @throws UserError, AwsFailure, Interrupted, StorageFailure
 */
export async function preview(options: PreviewOptions): Promise<Preview> {
  const { env = process.env, notice = () => undefined } = options;
  const settings = await loadSettings();
  const prices = await loadPrices(options.prices === undefined ? undefined : userFile(options.prices, env));
  const definition = await loadDefinition(await definitionFile(options.definition, env), settings, () => undefined);
  const base = await openBase(definition.name, settings, options);
  const folder = await createPrivateFolder();
  try {
    notice(`Held against ${base.words}.`);
    const {
      runs,
      disabled = [],
      failure,
    } = await runLocal({
      ...options,
      ...{ dryRun: true, data: folder.path, base: base.objects, notice },
    });
    base.check();
    if (failure !== undefined) {
      throw failure;
    }
    const syncs: SyncPreview[] = [];
    for (const run of runs) {
      syncs.push(await syncPreview(run, definition, settings, prices));
    }
    const { listingsPerSecond } = settings.connectorLimits;
    return {
      server: definition.name,
      against: { kind: base.kind, words: base.words },
      syncs,
      disabled,
      prices: { region: prices.region, date: prices.date },
      limits: { listingsPerSecond, bytesPerSecond: ACCOUNT_BYTES_PER_SECOND },
    };
  } finally {
    base.close();
    await folder.close();
  }
}

async function syncPreview(
  run: RunResult,
  { syncs }: ServerDefinition,
  settings: Settings,
  prices: PriceList,
): Promise<SyncPreview> {
  const { sync, status, error, failures, warnings, reportFile } = run;
  const definition = syncs.find(({ setting }) => setting.Name === sync);
  const whatToDo = error && advice(error.name, run);
  const told = {
    ...{ sync, status, failures, warnings },
    ...(error === undefined ? {} : { error }),
    ...(whatToDo === undefined ? {} : { whatToDo }),
  };
  return reportFile === undefined || definition === undefined
    ? told
    : { ...told, found: await whatWasFound(run, reportFile, definition, settings, prices) };
}

async function whatWasFound(
  { listedFiles, listedSkipped, skippedLists }: RunResult,
  reportFile: string,
  { setting }: SyncDefinition,
  settings: Settings,
  prices: PriceList,
): Promise<Found> {
  const report = reportSchema.parse(JSON.parse(await readFile(reportFile, "utf8")));
  const { folder, folders, files, bytes, plan, server } = report;
  const resolved = { ...setting, RemoteFolders: { ...setting.RemoteFolders, Folder: folder } };
  const tree = await readListedTree(dirname(reportFile), server, resolved);
  const volume = { folders: folders.listed, files: files.wouldTransfer ?? 0, bytes, calls: plan?.calls ?? 0 };
  const run = pricedRun(volume, { ...settings, bytesPerSecond: ACCOUNT_BYTES_PER_SECOND }, prices);
  return {
    ...tree,
    folder,
    folders,
    files: volume.files,
    bytes,
    skipped: Object.entries(files.skipped)
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => ({ reason, count, examples: plan?.examples[reason] ?? [] })),
    skippedFiles: listedSkipped ?? [],
    ...(skippedLists?.unlisted === undefined ? {} : { unlistedSkipped: skippedLists.unlisted }),
    largest: plan?.largest ?? [],
    copiedFiles: listedFiles ?? [],
    run,
    time: timeOf(folders.listed, bytes, settings),
  };
}

function timeOf(folders: number, bytes: number, { connectorLimits }: Settings): RunTime {
  const listing = folders / connectorLimits.listingsPerSecond;
  const transferring = bytes / ACCOUNT_BYTES_PER_SECOND;
  return { listing, transferring, least: Math.max(listing, transferring) };
}
