import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "../config/settings/settings";
import type { ServerDefinition, SyncDefinition } from "../contract/model";
import type { Deployment } from "./deployment/deployment";
import { storageFailure, TEMPORARY_FILES } from "./errors/storage-failure";
import { Installation, type InstallationProps } from "./installation";
import { type Lease, takeLease } from "./locking/lease";
import { createPrivateFolder } from "./privacy/private-folder";
import { type DataDirectory, openDataDirectory, refuseUnknownFiles } from "./runner/data-directory";
import { deployDefinition } from "./runner/deploy-definition";
import type { Interception } from "./runner/interception";
import { Interrupted } from "./runner/interrupted";
import type { RunObserver } from "./runner/run-observer";
import type { RunResult } from "./runner/run-result";
import { selectSyncs } from "./runner/select-syncs";
import type { BaseObjects } from "./s3/base-objects";
import type { SftpCredentials } from "./transfer/remote-server";

export interface RunDefinitionOptions {
  readonly definition: ServerDefinition;
  readonly settings: Settings;
  /** Keeps buckets and state between calls; made where there is none. */
  readonly dataDirectory: string;
  /**
   * Gives the folder that holds the built zips; called when the data directory is locked.
   * @param folder one that is not there yet, for zips that are built for this call alone: nobody else can write there.
   */
  functionsDir(folder: string): Promise<string>;
  /** Absent: the run fails as `CredentialsMissing`. */
  readonly credentials: SftpCredentials | undefined;
  /** Only this sync. */
  readonly sync?: string | undefined;
  /** Hold everything against S3, so that what was deleted there comes back. */
  readonly compare?: boolean | undefined;
  /** The same for files with this modification time or later, in UTC seconds. */
  readonly fromTimestamp?: number | undefined;
  readonly dryRun?: boolean | undefined;
  /** So many of the files that a run transfers, or would, are to be named in its result; default: none. */
  readonly mostFiles?: number | undefined;
  /** Ledgers and targets as they are elsewhere, for a dry run. */
  readonly base?: BaseObjects | undefined;
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
  await refuseUnknownFiles(options.dataDirectory, bucketsOf(options.definition));
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

const bucketsOf = ({ syncs }: ServerDefinition): string[] => [
  ...new Set(syncs.map(({ setting }) => setting.LocalRepository.BucketName)),
];

async function runSyncs(
  options: RunDefinitionOptions,
  directory: DataDirectory,
  syncs: readonly SyncDefinition[],
  lease: Lease,
): Promise<RunResult[]> {
  const folder = await createPrivateFolder();
  try {
    const deployment = await deployInto(folder.path, options);
    await copyForPeople(join(folder.path, STACKS), directory.stacks);
    Interrupted.throwIf(options.signal);
    const { definition, credentials, observer, interception, base } = options;
    const beforeChange = () => lease.check();
    return await runInstalled(
      { definition, deployment, directory, credentials, interception, base, observer, beforeChange },
      syncs,
      options,
    );
  } finally {
    await folder.close();
  }
}

async function runInstalled(
  props: InstallationProps,
  syncs: readonly SyncDefinition[],
  { compare, fromTimestamp, dryRun, mostFiles, signal }: RunDefinitionOptions,
): Promise<RunResult[]> {
  const installation = await Installation.open(props);
  try {
    const results: RunResult[] = [];
    for (const sync of syncs) {
      results.push(await installation.run(sync, { compare, fromTimestamp, dryRun, mostFiles, signal }));
    }
    return results;
  } finally {
    await installation.close();
  }
}

const STACKS = "stacks";

/**
 * The stacks say where the connector goes, and which zips run, so they are read where nobody else can write: in the data directory
 * somebody might.
 */
async function deployInto(folder: string, options: RunDefinitionOptions): Promise<Deployment> {
  const { definition, settings, signal } = options;
  try {
    const functionsDir = await options.functionsDir(join(folder, "zips"));
    Interrupted.throwIf(signal);
    return await deployDefinition({ definition, settings, functionsDir, outdir: join(folder, STACKS) });
  } catch (error) {
    throw storageFailure(error, tmpdir(), TEMPORARY_FILES);
  }
}

async function copyForPeople(stacks: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(stacks, to, { recursive: true });
}
