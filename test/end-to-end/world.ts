import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { loadDefinitionFiles } from "../../config/load-definitions";
import { formatProblem, hasErrors } from "../../config/problems/problem";
import { parseSettings, type Settings } from "../../config/settings/settings";
import type { ServerDefinition, SyncDefinition } from "../../contract/model";
import type { Deployment } from "../../local/deployment/deployment";
import { Installation, type InstallationProps } from "../../local/installation";
import { openDataDirectory } from "../../local/runner/data-directory";
import { deployDefinition } from "../../local/runner/deploy-definition";
import { Host } from "../../local/runner/host";
import type { RunResult } from "../../local/runner/run-result";
import { selectSyncs } from "../../local/runner/select-syncs";
import type { StartOptions } from "../../local/runner/start-event";
import type { SftpCredentials } from "../../local/transfer/remote-server";
import { InterceptionSwitch, isFixedAtStart, NO_FAULTS } from "./interception-switch";
import type { RemoteServer } from "./remote-servers";

export const BUCKET = "target-bucket";
export const PREFIX = "incoming";

/** What `npm run build` makes, and `npm test` makes first. */
export const FUNCTIONS_DIR = join(__dirname, "..", "..", "dist", "functions");

/** A definition's `SyncSettings[0]`, less what every test has alike. */
export interface SyncOptions {
  /** Below the server's folder; `/in` by default. */
  readonly folder?: string;
  readonly remoteFolders?: Record<string, unknown>;
  readonly setting?: Record<string, unknown>;
  readonly server?: Record<string, unknown>;
}

export interface InstallOptions
  extends Partial<Pick<InstallationProps, "credentials" | "host" | "interception" | "observer">> {
  readonly settings?: Settings;
  /** What came to be otherwise than deployed. */
  drift?(deployment: Deployment): Deployment;
}

export interface RunOptions
  extends Pick<StartOptions, "fromTimestamp" | "dryRun">,
    Pick<InstallOptions, "credentials" | "interception" | "settings"> {
  /** By its name, where a definition has several. */
  readonly sync?: string;
}

/** An installation that stays between runs. */
interface Kept {
  /** Of what it was made. */
  readonly origin: string;
  /** Whether its interception has to stay with it. */
  readonly fixed: boolean;
  readonly installation: Installation;
  readonly interceptions: InterceptionSwitch;
}

/** A remote server, a data folder, and the sync between them. */
export class World {
  private kept: Kept | undefined;
  private host: Promise<Host> | undefined;
  /** The last run did not get as far as its report: its files may still be on their way. */
  private leftWork = false;

  private constructor(
    readonly remote: RemoteServer,
    readonly folder: string,
  ) {}

  static async create(remote: RemoteServer): Promise<World> {
    return new World(remote, await mkdtemp(join(tmpdir(), "world-")));
  }

  get data(): string {
    return join(this.folder, "data");
  }

  async close(): Promise<void> {
    await this.startAnew();
    await rm(this.folder, { recursive: true, force: true });
    await rm(join(this.remote.root, "in"), { recursive: true, force: true });
  }

  /** Empties the remote server and the buckets. What is installed stays, as warm as it is, unless it may still be at work. */
  async clear(): Promise<void> {
    if (this.leftWork) {
      await this.startAnew();
    }
    await removeBelow(this.remote.root);
    await this.clearBuckets();
  }

  async clearBuckets(): Promise<void> {
    for (const bucket of await this.buckets()) {
      await removeBelow(join(this.data, bucket));
    }
  }

  /** Writes the YAML file that a user would write. */
  async writeDefinition(options: SyncOptions = {}): Promise<string> {
    const { folder = "/in", remoteFolders, setting, server } = options;
    const file = join(this.folder, "partner.yaml");
    const definition = {
      Name: "partner",
      Url: this.remote.url,
      PublicKey: this.remote.hostPublicKeys,
      Schedule: "@hourly",
      SyncSettings: [
        {
          Name: "in",
          LocalRepository: { BucketName: BUCKET, Prefix: PREFIX },
          RemoteFolders: { Folder: this.remote.base + folder, Recursive: true, ...remoteFolders },
          ...setting,
        },
      ],
      ...server,
    };
    await writeFile(file, stringify(definition));
    return file;
  }

  async definition(options: SyncOptions = {}): Promise<ServerDefinition> {
    const { definitions, problems } = await loadDefinitionFiles([await this.writeDefinition(options)]);
    const [definition] = definitions;
    if (definition === undefined || hasErrors(problems)) {
      throw new Error(problems.map(formatProblem).join("\n"));
    }
    return definition;
  }

  /** Deploys a definition into the data folder. */
  async install(definition: ServerDefinition, options: InstallOptions = {}): Promise<Installation> {
    const { settings = localTestSettings(), drift, ...props } = options;
    const credentials = this.credentials(options);
    const directory = await openDataDirectory(this.data);
    const outdir = directory.stacks;
    const deployed = await deployDefinition({ definition, settings, functionsDir: FUNCTIONS_DIR, outdir });
    const deployment = drift?.(deployed) ?? deployed;
    return Installation.open({ ...props, definition, deployment, directory, credentials });
  }

  /**
   * Runs the one sync of a definition, as its schedule would. As in an account, what is installed stays for the next run of
   * the same definition, its functions warm, and those that another definition has in common with it. What an aborted run
   * leaves behind goes on as there, for the next run to find, until the world is cleared.
   */
  async run(options: SyncOptions = {}, run: RunOptions = {}): Promise<RunResult> {
    const definition = await this.definition(options);
    const [sync, ...more] = selectSyncs(definition, run.sync);
    if (sync === undefined || more.length > 0) {
      throw new Error(`one sync was expected, not ${definition.syncs.length}`);
    }
    const installation = await this.installed(definition, run);
    try {
      const result = await installation.run(sync, { fromTimestamp: run.fromTimestamp, dryRun: run.dryRun });
      this.leftWork = result.reportFile === undefined;
      return result;
    } catch (error) {
      await this.startAnew();
      throw error;
    }
  }

  private async installed(definition: ServerDefinition, run: RunOptions): Promise<Installation> {
    const { interception = NO_FAULTS, ...options } = run;
    const origin = JSON.stringify([definition, options.settings, this.credentials(options)]);
    if (this.kept?.origin === origin && !isFixedAtStart(interception) && !this.kept.fixed) {
      this.kept.interceptions.use(interception);
      return this.kept.installation;
    }
    await this.endInstallation();
    const interceptions = new InterceptionSwitch(interception);
    this.host ??= Host.start();
    const host = await this.host;
    const installation = await this.install(definition, { ...options, host, interception: interceptions.interception });
    this.kept = { origin, fixed: isFixedAtStart(interception), installation, interceptions };
    return installation;
  }

  /** Ends functions too, before anything else is closed. */
  private async startAnew(): Promise<void> {
    const host = await this.host;
    this.host = undefined;
    this.leftWork = false;
    await host?.sandboxes.close();
    await this.endInstallation();
    await host?.close();
  }

  private async endInstallation(): Promise<void> {
    const { kept } = this;
    this.kept = undefined;
    await kept?.installation.close();
  }

  /** Those that are given, were it to be none; otherwise the server's. */
  private credentials(options: Pick<InstallOptions, "credentials">): SftpCredentials | undefined {
    return "credentials" in options ? options.credentials : this.remote.credentials;
  }

  /** Writes a remote file; `modified` sets its time, which is otherwise an hour ago. */
  async put(path: string, content: string | Buffer, modified = new Date(Date.now() - 3_600_000)): Promise<void> {
    const file = join(this.remote.root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    await utimes(file, modified, modified);
  }

  /** Where the object of a remote file lies. */
  objectFile(path: string): string {
    return join(this.data, BUCKET, PREFIX, this.remote.base, path);
  }

  async object(path: string): Promise<string> {
    return readFile(this.objectFile(path), "utf8");
  }

  async hasObject(path: string): Promise<boolean> {
    return stat(this.objectFile(path)).then(
      () => true,
      () => false,
    );
  }

  /** The ledger is disposable: without it a run compares with S3. */
  async loseLedgers(): Promise<void> {
    await rm(join(this.data, await this.listResultsBucket(), "ledger"), { recursive: true });
  }

  /** There is one once a run has begun. */
  async listResultsBucket(): Promise<string> {
    const bucket = (await this.buckets()).find((name) => name.includes("list-results"));
    if (bucket === undefined) {
      throw new Error("there is no list-results bucket");
    }
    return bucket;
  }

  private async buckets(): Promise<string[]> {
    const names = await readdir(this.data).catch(() => []);
    return names.filter((name) => !name.startsWith("."));
  }

  async removeObject(path: string): Promise<void> {
    await rm(this.objectFile(path));
  }
}

export function syncOf({ name, syncs }: ServerDefinition, wanted: string): SyncDefinition {
  const [sync] = selectSyncs({ name, syncs }, wanted);
  if (sync === undefined) {
    throw new Error(`there is no sync ${wanted}`);
  }
  return sync;
}

async function removeBelow(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    await rm(join(folder, name), { recursive: true });
  }
}

export function localTestSettings(): Settings {
  const { settings, problems } = parseSettings({ region: "eu-central-1" });
  if (settings === undefined) {
    throw new Error(problems.map(formatProblem).join("\n"));
  }
  return settings;
}
