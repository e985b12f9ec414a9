import type { Settings } from "../config/settings/settings";
import type { ServerDefinition, SyncDefinition } from "../contract/model";
import { storageFailure } from "./errors/storage-failure";
import { Installation } from "./installation";
import { type Lease, takeLease } from "./locking/lease";
import { type DataDirectory, openDataDirectory } from "./runner/data-directory";
import { deployDefinition } from "./runner/deploy-definition";
import type { Interception } from "./runner/interception";
import { Interrupted } from "./runner/interrupted";
import type { RunObserver } from "./runner/run-observer";
import type { RunResult } from "./runner/run-result";
import { selectSyncs } from "./runner/select-syncs";
import type { SftpCredentials } from "./transfer/remote-server";

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
  const { compare, fromTimestamp, dryRun } = options;
  const functionsDir = await options.functionsDir(directory);
  Interrupted.throwIf(signal);
  const deployment = await deployDefinition({ definition, settings, functionsDir, outdir: directory.stacks });
  Interrupted.throwIf(signal);
  const installation = await Installation.open({
    definition,
    deployment,
    directory,
    credentials,
    interception,
    observer,
    beforeChange: () => lease.check(),
  });
  try {
    const results: RunResult[] = [];
    for (const sync of syncs) {
      results.push(await installation.run(sync, { compare, fromTimestamp, dryRun, signal }));
    }
    return results;
  } finally {
    await installation.close();
  }
}
