import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../../support/command";
import { type Terraform, terraformIn } from "../../support/terraform";
import type { Run } from "./run";

export interface WorkerOptions {
  /** Holds all that a workspace's runs leave. */
  readonly folder: string;
  /** All that the runs have in their environment, beside a HOME of their own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Further blocks of Terraform's settings file. */
  readonly settings: string;
  readonly signal: AbortSignal;
}

/** Where the state lies while a run is at work, as seen from its folder. */
const STATE = "../terraform.tfstate";

/** Where Terraform installs providers. */
const INSTALLED = ".terraform";

/** Settings of Terraform that stand above the stack's own: the worker keeps the state in a file. */
const OVERRIDE = { terraform: { backend: { local: { path: STATE } } } };

/** The first lines of each log; the client leaves out as many of them where it has shown the plan's. */
const HEADER = ["Terraform", "on a worker", "Initializing plugins and modules..."];

/** Plans and applies what was uploaded for one workspace, as the service does on a machine of its own. */
export class Worker {
  private readonly terraform: Terraform;
  private readonly folder: string;
  private readonly signal: AbortSignal;
  /** The configuration version that lies in the folder. */
  private unpacked: string | undefined;
  /** The lock file by which providers are installed. */
  private installed: string | undefined;
  private work: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: WorkerOptions) {
    const { folder, environment, settings, signal } = options;
    this.folder = join(folder, "run");
    this.signal = signal;
    this.terraform = terraformIn({
      dir: folder,
      base: { PATH: process.env.PATH },
      environment: { HOME: folder, ...environment },
      settings,
      signal,
    });
  }

  async plan(run: Run): Promise<string> {
    return this.inTurn(async () => {
      await this.unpack(run);
      const options = ["-input=false", "-no-color", `-out=../${run.id}.plan`, ...(run.isDestroy ? ["-destroy"] : [])];
      return withHeader(await this.terraform.run(this.folder, "plan", ...options));
    });
  }

  async apply(run: Run): Promise<string> {
    return this.inTurn(async () => {
      await this.unpack(run);
      try {
        return withHeader(
          await this.terraform.run(this.folder, "apply", "-input=false", "-no-color", `../${run.id}.plan`),
        );
      } finally {
        run.workspace.addState(await readFile(join(this.folder, STATE), "utf8"));
      }
    });
  }

  close(): Promise<void> {
    return this.terraform.close();
  }

  /** Runs share a folder, which their provider has for its own. */
  private inTurn(work: () => Promise<string>): Promise<string> {
    const result = this.work.then(work);
    this.work = result.catch(() => undefined);
    return result;
  }

  private async unpack({ configuration: { id, slug }, workspace }: Run): Promise<void> {
    if (slug === undefined) {
      throw new Error(`nothing was uploaded for ${id}`);
    }
    await mkdir(this.folder, { recursive: true });
    await rm(join(this.folder, STATE), { force: true });
    if (workspace.state !== undefined) {
      await writeFile(join(this.folder, STATE), workspace.state.text);
    }
    if (this.unpacked === id) {
      return;
    }
    await emptyFolder(this.folder);
    await writeFile(join(this.options.folder, "slug.tar.gz"), slug);
    await runCommand("tar", ["-xzf", "../slug.tar.gz"], { cwd: this.folder, env: process.env, signal: this.signal });
    await writeFile(join(this.folder, "zz_override.tf.json"), JSON.stringify(OVERRIDE));
    await this.install();
    this.unpacked = id;
  }

  /** Installs what the lock file names, unless it is there: reading a provider takes longer than all else of a small plan. */
  private async install(): Promise<void> {
    const file = join(this.folder, ".terraform.lock.hcl");
    const lock = existsSync(file) ? await readFile(file, "utf8") : "";
    if (lock !== this.installed) {
      await rm(join(this.folder, INSTALLED), { recursive: true, force: true });
      await this.terraform.init(this.folder);
      this.installed = lock;
    }
  }
}

/** The folder itself stays, since the provider is at work in it, and what is installed. */
async function emptyFolder(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (entry !== INSTALLED) {
      await rm(join(folder, entry), { recursive: true });
    }
  }
}

const withHeader = (printed: string): string => [...HEADER, printed].join("\n");
