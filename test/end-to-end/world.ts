import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { loadDefinitionFiles } from "../../config/load-definitions";
import { formatProblem, hasErrors } from "../../config/problems/problem";
import { parseSettings, type Settings } from "../../config/settings/settings";
import type { ServerDefinition } from "../../contract/model";
import { type RunDefinitionOptions, runDefinition } from "../../local/run-definition";
import type { RunResult } from "../../local/runner/run-result";
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

export type RunOptions = Partial<
  Pick<
    RunDefinitionOptions,
    "credentials" | "fromTimestamp" | "dryRun" | "sync" | "settings" | "interception" | "observer"
  >
>;

/** A remote server, a data folder, and the sync between them. */
export class World {
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
    await rm(this.folder, { recursive: true, force: true });
    await rm(join(this.remote.root, "in"), { recursive: true, force: true });
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

  /** Runs the one sync of a definition, as its schedule would. */
  async run(options: SyncOptions = {}, run: RunOptions = {}): Promise<RunResult> {
    const results = await runDefinition({
      definition: await this.definition(options),
      settings: localTestSettings(),
      dataDirectory: this.data,
      functionsDir: async () => FUNCTIONS_DIR,
      credentials: this.remote.credentials,
      ...run,
    });
    const [result] = results;
    if (result === undefined || results.length !== 1) {
      throw new Error(`one run was expected, not ${results.length}`);
    }
    return result;
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
    const buckets = await readdir(this.data);
    const bucket = buckets.find((name) => name.includes("list-results"));
    if (bucket === undefined) {
      throw new Error("there is no list-results bucket");
    }
    return bucket;
  }

  async removeObject(path: string): Promise<void> {
    await rm(this.objectFile(path));
  }
}

export function localTestSettings(): Settings {
  const { settings, problems } = parseSettings({ region: "eu-central-1" });
  if (settings === undefined) {
    throw new Error(problems.map(formatProblem).join("\n"));
  }
  return settings;
}
