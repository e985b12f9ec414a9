import type { ServerDefinition, SyncDefinition } from "../contract/model";
import type { Deployment } from "./deployment/deployment";
import { isLinkFailure } from "./errors/links";
import type { DataDirectory } from "./runner/data-directory";
import type { Host } from "./runner/host";
import type { Interception } from "./runner/interception";
import { Interrupted } from "./runner/interrupted";
import { LocalCloud } from "./runner/local-cloud";
import { countEvent, NO_PROGRESS } from "./runner/progress";
import { callsBetween, callsSoFar } from "./runner/run-calls";
import { runName } from "./runner/run-name";
import type { RunObserver } from "./runner/run-observer";
import { type RunResult, readRunResult } from "./runner/run-result";
import { type StartOptions, startInput } from "./runner/start-event";
import type { BaseObjects } from "./s3/base-objects";
import { S3Store } from "./s3/s3-store";
import type { SftpCredentials } from "./transfer/remote-server";

export interface InstallationProps {
  readonly definition: ServerDefinition;
  /** Of that definition. */
  readonly deployment: Deployment;
  /** In which this alone works. */
  readonly directory: DataDirectory;
  /** Absent: every run fails as `CredentialsMissing`. */
  readonly credentials: SftpCredentials | undefined;
  /** Keeps functions warm from one installation to the next; by default each begins cold. */
  readonly host?: Host | undefined;
  /** What stands between the services; for trying faults. */
  readonly interception?: Interception | undefined;
  readonly observer?: RunObserver | undefined;
  /** Ledgers and targets as they are elsewhere, in the place of the directory's; every run has to be a dry one. */
  readonly base?: BaseObjects | undefined;
  /** Asked before anything is changed in the buckets; what it throws prevents the change. */
  readonly beforeChange?: () => Promise<void>;
}

export interface InstalledRunOptions extends StartOptions {
  /** The execution's name; made of the time by default. */
  readonly run?: string | undefined;
  /** So many of the files that it transfers, or would, are to be named in the result; default: none. */
  readonly mostFiles?: number | undefined;
  /** Aborts every execution that is at work. */
  readonly signal?: AbortSignal | undefined;
}

/** A definition that is deployed on this machine, with its functions at work: syncs can be run in it, also at once. */
export class Installation {
  private progress = NO_PROGRESS;

  private constructor(
    readonly props: InstallationProps,
    private readonly store: S3Store,
    private readonly cloud: LocalCloud,
  ) {}

  /** Makes the buckets that are missing, and starts all services; ends with {@link close}. @throws StorageFailure */
  static async open(props: InstallationProps): Promise<Installation> {
    const { definition, deployment, directory, credentials, host, interception, observer, base, beforeChange } = props;
    const store = await S3Store.open(directory.root, beforeChange === undefined ? {} : { beforeChange });
    await store.clearUploads();
    const targets = definition.syncs.map(({ setting }) => setting.LocalRepository.BucketName);
    for (const bucket of [deployment.listResultsBucket, ...targets]) {
      await store.ensureBucket(bucket);
    }
    let installation: Installation | undefined;
    const cloud = await LocalCloud.start({
      deployment,
      store,
      directory,
      credentials,
      host,
      interception,
      base: base && { base, targets },
      onState: (state) => observer?.entered?.(state),
      onMessage: (message) => observer?.notified?.(message),
      onTransferEvent: (event) => installation?.count(event),
    });
    installation = new Installation(props, store, cloud);
    return installation;
  }

  /**
   * Runs a sync, and waits until it and all others that are at work have ended. Progress and calls of runs that are at work
   * at once are not told apart.
   * @throws Interrupted, StorageFailure where that is why there is no report
   */
  async run(sync: SyncDefinition, options: InstalledRunOptions = {}): Promise<RunResult> {
    const { definition, deployment, directory, observer } = this.props;
    const { signal, dryRun = false } = options;
    Interrupted.throwIf(signal);
    const startedAt = new Date();
    const { run = runName(startedAt) } = options;
    const bucket = sync.setting.LocalRepository.BucketName;
    const before = callsSoFar(this.cloud, this.store, bucket);
    this.progress = NO_PROGRESS;
    observer?.started?.({ server: definition.name, sync: sync.setting.Name, run });
    this.store.takeFailure();
    const ended = await this.cloud.run(run, startInput(deployment, sync, options, startedAt), signal);
    Interrupted.throwIf(signal);
    const result = await this.readResult({
      server: definition.name,
      sync: sync.setting.Name,
      run,
      dryRun,
      seconds: (Date.now() - startedAt.getTime()) / 1000,
      execution: ended,
      calls: callsBetween(before, callsSoFar(this.cloud, this.store, bucket)),
      logFolder: directory.logs,
      mostFiles: options.mostFiles,
    });
    observer?.finished?.(result);
    return result;
  }

  /** Ends everything; what is under way fails. */
  close(): Promise<void> {
    return this.cloud.close();
  }

  private count(event: Parameters<typeof countEvent>[1]): void {
    this.progress = countEvent(this.progress, event);
    this.props.observer?.progressed?.(this.progress);
  }

  private async readResult(ended: Parameters<typeof readRunResult>[2]): Promise<RunResult> {
    const { store, props } = this;
    const result = await readRunResult(store, props.deployment.listResultsBucket, ended).catch((error: unknown) => {
      throw store.takeFailure() ?? error;
    });
    const failure = store.takeFailure();
    const isCause = result.reportFile === undefined || (result.status === "FAILED" && isLinkFailure(failure));
    if (failure !== undefined && isCause) {
      throw failure;
    }
    return result;
  }
}
