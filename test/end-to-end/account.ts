import type { Settings } from "../../config/settings/settings";
import type { ServerDefinition } from "../../contract/model";
import type { Deployment } from "../../local/deployment/deployment";
import { type DataDirectory, openDataDirectory } from "../../local/runner/data-directory";
import { deployDefinition } from "../../local/runner/deploy-definition";
import type { Interception } from "../../local/runner/interception";
import { LocalCloud } from "../../local/runner/local-cloud";
import { type RunResult, readRunResult } from "../../local/runner/run-result";
import { type StartOptions, startInput } from "../../local/runner/start-event";
import { S3Store } from "../../local/s3/s3-store";
import type { PublishedMessage } from "../../local/step-functions/integrations";
import { FUNCTIONS_DIR, localTestSettings, type World } from "./world";

const NOT_COUNTED = {
  StartDirectoryListing: 0,
  StartFileTransfer: 0,
  ListFileTransferResults: 0,
  TargetBucketRequests: 0,
};

export interface AccountOptions {
  readonly definition: ServerDefinition;
  readonly interception?: Interception;
  readonly settings?: Settings;
  /** What came to be otherwise than deployed. */
  drift?(deployment: Deployment): Deployment;
  /** Told the name of every state that an execution enters. */
  onState?(state: string): void;
  onMessage?(message: PublishedMessage): void;
}

/** One account that stays between runs, so that several can be started in it, also while others are at work. */
export class Account {
  private constructor(
    readonly deployment: Deployment,
    readonly directory: DataDirectory,
    private readonly definition: ServerDefinition,
    private readonly store: S3Store,
    private readonly cloud: LocalCloud,
  ) {}

  /** Deploys a definition into the world's data folder. */
  static async open(world: World, options: AccountOptions): Promise<Account> {
    const { definition, interception, settings = localTestSettings() } = options;
    const directory = await openDataDirectory(world.data);
    const deployed = await deployDefinition({
      definition,
      settings,
      functionsDir: FUNCTIONS_DIR,
      outdir: directory.stacks,
    });
    const deployment = options.drift?.(deployed) ?? deployed;
    const store = await S3Store.open(directory.root);
    const targets = definition.syncs.map(({ setting }) => setting.LocalRepository.BucketName);
    for (const bucket of [deployment.listResultsBucket, ...targets]) {
      await store.ensureBucket(bucket);
    }
    const cloud = await LocalCloud.start({
      deployment,
      store,
      directory,
      credentials: world.remote.credentials,
      interception,
      onTransferEvent: () => undefined,
      onMessage: (message) => options.onMessage?.(message),
      onState: (state) => options.onState?.(state),
    });
    return new Account(deployment, directory, definition, store, cloud);
  }

  /**
   * Runs a sync, and waits until it and all others that are at work have ended. Calls are not counted.
   * @param options with a timestamp the run is one on demand; `signal` aborts all executions.
   */
  async start(
    run: string,
    syncName: string,
    options: Partial<StartOptions> & { readonly signal?: AbortSignal } = {},
  ): Promise<RunResult> {
    const { fromTimestamp, dryRun = false, signal } = options;
    const sync = this.definition.syncs.find(({ setting }) => setting.Name === syncName);
    if (sync === undefined) {
      throw new Error(`the definition has no sync ${syncName}`);
    }
    const input = startInput(this.deployment, sync, { fromTimestamp, dryRun }, new Date());
    const execution = await this.cloud.run(run, input, signal);
    return readRunResult(this.store, this.deployment.listResultsBucket, {
      server: this.definition.name,
      sync: sync.setting.Name,
      run,
      dryRun,
      seconds: 0,
      execution,
      calls: NOT_COUNTED,
      logFolder: this.directory.logs,
    });
  }

  close(): Promise<void> {
    return this.cloud.close();
  }
}
