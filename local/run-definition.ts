import type { Settings } from "../config/settings/settings";
import type { ServerDefinition, SyncDefinition } from "../contract/model";
import type { Deployment } from "./deployment/deployment";
import { storageFailure } from "./errors/storage-failure";
import { type Lease, takeLease } from "./locking/lease";
import { type DataDirectory, openDataDirectory } from "./runner/data-directory";
import { deployDefinition } from "./runner/deploy-definition";
import type { Interception } from "./runner/interception";
import { Interrupted } from "./runner/interrupted";
import { LocalCloud } from "./runner/local-cloud";
import { countEvent, NO_PROGRESS, type Progress } from "./runner/progress";
import { callsBetween, callsSoFar } from "./runner/run-calls";
import { runName } from "./runner/run-name";
import { type RunResult, readRunResult } from "./runner/run-result";
import { selectSyncs } from "./runner/select-syncs";
import { startInput } from "./runner/start-event";
import { S3Store } from "./s3/s3-store";
import type { PublishedMessage } from "./step-functions/integrations";
import type { SftpCredentials } from "./transfer/remote-server";

/** Told while syncs run. */
export interface RunObserver {
  started?(run: { readonly server: string; readonly sync: string; readonly run: string }): void;
  /** The execution enters a state. */
  entered?(state: string): void;
  progressed?(progress: Progress): void;
  /** A notification that AWS would have sent. */
  notified?(message: PublishedMessage): void;
  finished?(result: RunResult): void;
}

export interface RunDefinitionOptions {
  readonly definition: ServerDefinition;
  readonly settings: Settings;
  /** Keeps buckets and state between calls; made where there is none. */
  readonly dataDirectory: string;
  /** Gives the folder that holds the built zips; called when the data directory is locked. */
  functionsDir(directory: DataDirectory): Promise<string>;
  /** Absent: the run fails as `CredentialsMissing`. */
  readonly credentials: SftpCredentials | undefined;
  /** Only this sync. */
  readonly sync?: string | undefined;
  /** Hold everything against S3, so that what was deleted there comes back. */
  readonly compare?: boolean | undefined;
  /** The same for files with this modification time or later, in UTC seconds. */
  readonly fromTimestamp?: number | undefined;
  readonly dryRun?: boolean | undefined;
  readonly observer?: RunObserver;
  /** What stands between the services; for trying faults. */
  readonly interception?: Interception | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Deploys a definition on this machine and runs its syncs, one after the other, as their schedules would.
 * @throws UserError, Interrupted, StorageFailure
 */
export async function runDefinition(options: RunDefinitionOptions): Promise<readonly RunResult[]> {
  const syncs = selectSyncs(options.definition, options.sync);
  const directory = await openDataDirectory(options.dataDirectory);
  const lease = await takeLease(directory.lockFile, directory.root);
  const signals = options.signal === undefined ? [lease.signal] : [lease.signal, options.signal];
  try {
    return await runSyncs({ ...options, signal: AbortSignal.any(signals) }, directory, syncs, lease);
  } catch (error) {
    // Whatever it looks like, it comes of the lost directory.
    await lease.check();
    throw storageFailure(error, directory.root);
  } finally {
    await lease.release();
  }
}

async function runSyncs(
  options: RunDefinitionOptions,
  directory: DataDirectory,
  syncs: readonly SyncDefinition[],
  lease: Lease,
): Promise<RunResult[]> {
  const { definition, settings, credentials, observer, interception, signal } = options;
  const functionsDir = await options.functionsDir(directory);
  Interrupted.throwIf(signal);
  const deployment = await deployDefinition({ definition, settings, functionsDir, outdir: directory.stacks });
  const store = await S3Store.open(directory.root, { beforeChange: () => lease.check() });
  await store.clearUploads();
  const buckets = [
    deployment.listResultsBucket,
    ...definition.syncs.map((sync) => sync.setting.LocalRepository.BucketName),
  ];
  for (const bucket of buckets) {
    await store.ensureBucket(bucket);
  }
  Interrupted.throwIf(signal);
  let progress = NO_PROGRESS;
  const cloud = await LocalCloud.start({
    deployment,
    store,
    directory,
    credentials,
    interception,
    onState: (state) => observer?.entered?.(state),
    onMessage: (message) => observer?.notified?.(message),
    onTransferEvent: (event) => {
      progress = countEvent(progress, event);
      observer?.progressed?.(progress);
    },
  });
  try {
    const results: RunResult[] = [];
    for (const sync of syncs) {
      progress = NO_PROGRESS;
      results.push(await runSync(options, { cloud, store, deployment, directory }, sync));
    }
    return results;
  } finally {
    await cloud.close();
  }
}

interface Place {
  readonly cloud: LocalCloud;
  readonly store: S3Store;
  readonly deployment: Deployment;
  readonly directory: DataDirectory;
}

async function runSync(
  { definition, observer, signal, compare, fromTimestamp, dryRun = false }: RunDefinitionOptions,
  { cloud, store, deployment, directory }: Place,
  sync: SyncDefinition,
): Promise<RunResult> {
  Interrupted.throwIf(signal);
  const startedAt = new Date();
  const run = runName(startedAt);
  const bucket = sync.setting.LocalRepository.BucketName;
  const before = callsSoFar(cloud, store, bucket);
  observer?.started?.({ server: definition.name, sync: sync.setting.Name, run });
  store.takeFailure();
  const ended = await cloud.run(
    run,
    startInput(deployment, sync, { compare, fromTimestamp, dryRun }, startedAt),
    signal,
  );
  Interrupted.throwIf(signal);
  const result = await readResult(store, deployment.listResultsBucket, {
    server: definition.name,
    sync: sync.setting.Name,
    run,
    dryRun,
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    execution: ended,
    calls: callsBetween(before, callsSoFar(cloud, store, bucket)),
    logFolder: directory.logs,
  });
  observer?.finished?.(result);
  return result;
}

/** @throws StorageFailure where that is why there is no report. */
async function readResult(...[store, bucket, ended]: Parameters<typeof readRunResult>): Promise<RunResult> {
  const result = await readRunResult(store, bucket, ended).catch((error: unknown) => {
    throw store.takeFailure() ?? error;
  });
  const failure = result.reportFile === undefined ? store.takeFailure() : undefined;
  if (failure !== undefined) {
    throw failure;
  }
  return result;
}
