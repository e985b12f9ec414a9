import { isSupportedFile, objectKey } from "../../../../contract/file-place";
import { nextStep } from "../../../../contract/next-step";
import type { SyncSetting } from "../../../../contract/sync-setting";
import { type Comparison, decide, decideByObject } from "../../../../engine/decisions/decide";
import type { FolderLedger } from "../../../../engine/ledger/ledger";
import type { ObjectSummary } from "../../../../engine/ports/services";
import type { Report } from "../../../../engine/report";
import { parseRunContext, type RunContext, runPrefix } from "../../../../engine/run-context";
import type { FileItem } from "../../../../engine/work/items";
import { syncAgainst } from "../../against";
import { andThen, type Cell, cell } from "../access/cell";
import type { DeployedSync } from "../access/deployed-syncs";
import type { AwsSession } from "../access/session";
import { type Run, readRun } from "../runs/run";
import type { ServerRuns } from "../runs/server-runs";
import { Buckets, type FoundListing } from "./bucket";
import type { FailureEvidence, LedgerEvidence, ListingEvidence, PathEvidence } from "./evidence";

/** So many of a sync's latest runs are looked at, and so many executions to find them. */
const MOST_RUNS = 3;
const MOST_EXECUTIONS = 60;

type RunEvent = NonNullable<DeployedSync["event"]>;

interface RecentRun {
  readonly run: Run;
  readonly report?: Report;
}

/** What is known of a remote folder, seen from one sync that may list it. */
export interface FolderFacts {
  readonly sync: string;
  readonly setting: SyncSetting;
  readonly folder: string;
  readonly ledger: Cell<FolderLedger>;
  /** The latest first. */
  readonly recent: Cell<readonly RecentRun[]>;
  readonly found: Cell<LatestListing | undefined>;
  readonly context: RunContext;
}

/** What is known of a remote path, seen from one sync. @param path from the server's root. @throws AwsFailure */
export async function gather(
  session: AwsSession,
  runs: ServerRuns,
  { server, sync, event }: DeployedSync,
  path: string,
): Promise<PathEvidence> {
  if (event === undefined) {
    return { sync };
  }
  const [setting] = event.SyncSettings;
  const [leftOut] = syncAgainst(server, setting, [path]).leftOut;
  if (leftOut !== undefined) {
    return { sync, leftOut };
  }
  const buckets = new Buckets(session);
  try {
    const { BucketName, Prefix } = setting.LocalRepository;
    const object = await cell(() => buckets.head(BucketName, objectKey(Prefix, path)));
    return pathEvidence(await folderFacts(buckets, runs, { sync, event, folder: folderOf(path) }), path, object);
  } finally {
    buckets.close();
  }
}

/** What is the same for all files of a folder. @throws AwsFailure */
export async function folderFacts(
  buckets: Buckets,
  runs: ServerRuns,
  { sync, event, folder }: Pick<DeployedSync, "sync"> & { readonly event: RunEvent; readonly folder: string },
): Promise<FolderFacts> {
  const context = contextOf(event);
  const ledger = await cell(() => buckets.ledger(context, folder));
  const recent = await cell(() => recentRuns(runs, sync));
  const found = await andThen(recent, (latest) => latestListing(buckets, context, latest, folder));
  return { sync, setting: event.SyncSettings[0], folder, ledger, recent, found, context };
}

/** What is known of one file in a folder. @param path from the server's root. */
export async function pathEvidence(
  { sync, setting, ledger, recent, found, context }: FolderFacts,
  path: string,
  object: Cell<ObjectSummary | undefined>,
): Promise<PathEvidence> {
  const { BucketName, Prefix } = setting.LocalRepository;
  const failure = "value" in recent ? failureIn(recent.value, path) : undefined;
  const keepsLedger = setting.ChangeDetection === "ledger";
  return {
    sync,
    place: `s3://${BucketName}/${objectKey(Prefix, path)}`,
    minimumAgeSeconds: setting.MinimumAgeSeconds,
    object: await andThen(object, async (there) =>
      there === undefined ? null : { size: there.size, modified: there.lastModified.toISOString() },
    ),
    ledger: keepsLedger ? await andThen(ledger, async (known) => ledgerEvidence(known, nameOf(path))) : { value: null },
    lastRun: await andThen(recent, async ([latest]) => latest?.run ?? null),
    listing: await andThen(found, async (latest) =>
      latest === undefined ? null : listingEvidence(latest, context, path, { ledger, object }),
    ),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** Where a run of the event would keep what it knows. */
function contextOf(event: RunEvent): RunContext {
  const Execution = { Id: "none", Name: "none", StartTime: new Date().toISOString() };
  return parseRunContext({ Event: event, Execution, StateMachine: { Id: "none" } });
}

async function recentRuns(runs: ServerRuns, sync: string): Promise<RecentRun[]> {
  const found = new Map<string, RecentRun>();
  let lookedAt = 0;
  for await (const name of runs.names()) {
    lookedAt += 1;
    const execution = await runs.execution(name);
    if (execution?.event?.SyncSettings[0].Name === sync) {
      const recent = await readRun(runs, execution);
      // Of a long run the latest part comes first.
      if (!found.has(recent.run.run)) {
        found.set(recent.run.run, recent);
      }
    }
    if (found.size === MOST_RUNS || lookedAt === MOST_EXECUTIONS) {
      break;
    }
  }
  return [...found.values()];
}

interface LatestListing extends FoundListing {
  readonly run: string;
  readonly files: ReadonlyMap<string, FileItem>;
  readonly folders: ReadonlySet<string>;
}

async function latestListing(
  buckets: Buckets,
  { bucket, server, sync }: RunContext,
  recent: readonly RecentRun[],
  folder: string,
): Promise<LatestListing | undefined> {
  for (const { run } of recent) {
    const found = await buckets.listing(bucket, runPrefix(server, sync.Name, run.run), folder);
    if (found !== undefined) {
      const files = new Map(found.listing.files.map((file) => [file.name, file]));
      return { ...found, run: run.run, files, folders: new Set(found.listing.folders) };
    }
  }
  return undefined;
}

/** Of the latest run that has ended: what came before may be mended. */
function failureIn(recent: readonly RecentRun[], path: string): FailureEvidence | undefined {
  const ended = recent.find(({ report }) => report !== undefined && report.status !== "SKIPPED");
  const report = ended?.report;
  const failure =
    report?.failures.find((failed) => failed.path === path) ??
    report?.failures.find((failed) => path.startsWith(`${failed.path.replace(/\/$/, "")}/`));
  if (report === undefined || failure === undefined) {
    return undefined;
  }
  const name = failure.error === "TransferFailed" ? "TransferIncomplete" : (failure.error ?? report.error?.name ?? "");
  const { path: failed, reason } = failure;
  return {
    run: report.run,
    path: failed,
    isOwn: failed === path,
    reason,
    next: nextStep(name, { ...report, failures: [failure] }),
  };
}

function ledgerEvidence({ files, marks, gone, listedAt }: FolderLedger, name: string): LedgerEvidence {
  const state = marks.has(name) ? "marked" : files.has(name) ? "verified" : gone.has(name) ? "gone" : "unknown";
  const entry = marks.get(name) ?? files.get(name) ?? gone.get(name);
  const goneAt = gone.get(name)?.at;
  return {
    state,
    ...(entry?.size === undefined ? {} : { size: entry.size }),
    ...(entry?.modified === undefined ? {} : { modified: entry.modified }),
    ...(state !== "gone" || goneAt === undefined ? {} : { goneAt }),
    ...(listedAt === undefined ? {} : { listedAt }),
  };
}

interface Known {
  readonly ledger: Cell<FolderLedger>;
  readonly object: Cell<ObjectSummary | undefined>;
}

function listingEvidence(
  { at, listing, run, files, folders }: LatestListing,
  context: RunContext,
  path: string,
  { ledger, object }: Known,
): ListingEvidence {
  const file = files.get(nameOf(path));
  const common = { run, at: at.toISOString(), isTruncated: listing.truncated };
  if (file === undefined) {
    return { ...common, isListed: false, ...(folders.has(nameOf(path)) ? { isFolder: true } : {}) };
  }
  const { sync } = context;
  const keepsLedger = sync.ChangeDetection === "ledger";
  const now = new Date();
  const compared = ({ source }: Comparison) =>
    "value" in object ? decideByObject(file, source, object.value, { now, keepsLedger }) : undefined;
  const first =
    "value" in ledger
      ? decide(file, ledger.value, {
          listedAt: now,
          minimumAgeSeconds: sync.MinimumAgeSeconds,
          compares: false,
          fromTimestamp: undefined,
          // What the window of the next run will be depends on when that is.
          windowStart: undefined,
          keepsLedger,
          isSupported: (name) => isSupportedFile(sync.LocalRepository, folderOf(path), name),
          isWanted: () => true,
        })
      : undefined;
  const decision = first?.action === "compare" ? compared(first) : first;
  return {
    ...common,
    isListed: true,
    ...(file.size === undefined ? {} : { size: file.size }),
    ...(file.modified === undefined ? {} : { modified: file.modified }),
    ...(decision === undefined ? {} : { decision: decision.action === "skip" ? decision.reason : "transfer" }),
  };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";
const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
