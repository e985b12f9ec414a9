import { setTimeout } from "node:timers/promises";
import { stop as stopEsbuild } from "esbuild";
import { errorCode } from "../../config/error-code";
import { StorageFailure } from "../../local/errors/storage-failure";
import { UserError } from "../../local/errors/user-error";
import { injectFaults } from "../../local/faults/faults";
import { strangerAt } from "../../local/privacy/strangers";
import { runDefinition } from "../../local/run-definition";
import { credentialsFrom } from "../../local/runner/credentials";
import { Interrupted } from "../../local/runner/interrupted";
import type { RunObserver } from "../../local/runner/run-observer";
import type { RunResult } from "../../local/runner/run-result";
import type { BaseObjects } from "../../local/s3/base-objects";
import { BuildError } from "../build/build-error";
import { buildFunctions } from "../build/build-functions";
import { cachedFunctions } from "../build/cached-functions";
import { expectConsent } from "./consent/consent";
import { loadDefinition } from "./definition";
import { definitionFile } from "./definition-file";
import { loadFaults } from "./faults";
import { mostShown } from "./listed-files";
import { DEFAULT_DATA_DIRECTORY, displayed, FUNCTIONS_CACHE, ROOT, userFile, userPath } from "./paths";
import { loadSettings } from "./settings";

/** How long after the same signal ended a process of ours this one has heard of it. */
const SIGNAL_DELAY_MS = 100;

export interface LocalOptions {
  /** Path of the definition, or name of a server in servers/. */
  readonly definition: string;
  /** Only this sync. */
  readonly sync?: string | undefined;
  /** Keeps buckets and state; default `.local/` in the project. */
  readonly data?: string | undefined;
  /** Hold everything against S3. */
  readonly compare?: boolean | undefined;
  /** Hold only files of this time or later against S3: UTC seconds. */
  readonly fromTimestamp?: number | undefined;
  readonly dryRun?: boolean | undefined;
  /** Whether the result names every file that was transferred, or would be, not just the first. */
  readonly all?: boolean | undefined;
  /** Ledgers and targets as they are elsewhere, for a dry run. */
  readonly base?: BaseObjects | undefined;
  /** Path of a file with faults to inject. */
  readonly faults?: string | undefined;
  /** Folder of zips that are built already; otherwise they are built from the sources. */
  readonly functionsDir?: string;
  /** Holds the credentials; default: this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Asks before credentials go where only an unreviewed definition says; otherwise they go there without a question. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  readonly signal?: AbortSignal;
  readonly observer?: RunObserver;
  /** Told warnings and hints. */
  notice?(text: string): void;
}

export interface LocalResult {
  /** Those that have ended. */
  readonly runs: readonly RunResult[];
  /** Those that no call runs until they are named, because the definition disables them; absent where one was named. */
  readonly disabled?: readonly { readonly server: string; readonly sync: string }[];
  /** Present where the data directory could not be used, or no longer: the runs that are missing did not end. */
  readonly failure?: StorageFailure;
}

/**
 * Runs the syncs of a definition on this machine, through the state machine and the zips that Terraform would deploy.
 * @throws UserError, Interrupted
 */
export async function runLocal(options: LocalOptions): Promise<LocalResult> {
  const { env = process.env, notice = () => undefined, sync, compare, fromTimestamp, dryRun, base } = options;
  const { signal, observer } = options;
  const file = await definitionFile(options.definition, env);
  const settings = await loadSettings();
  const definition = await loadDefinition(file, settings, notice);
  const faults = options.faults === undefined ? undefined : await loadFaults(userFile(options.faults, env));
  const { SFTP_PRIVATE_KEY_FILE: keyFile = "" } = env;
  const located = keyFile === "" ? env : { ...env, SFTP_PRIVATE_KEY_FILE: userPath(keyFile, env) };
  const { credentials, hint } = await credentialsFrom(located);
  if (hint !== undefined) {
    notice(hint);
  }
  if (credentials !== undefined && options.ask !== undefined) {
    await expectConsent(file, definition, {
      ask: options.ask,
      project: ROOT,
      username: credentials.username,
    });
  }
  if (sync === undefined && !definition.syncs.some(({ enabled }) => enabled)) {
    notice(`Every sync of ${definition.name} is disabled; name one with --sync NAME to run it all the same.`);
  }
  const disabled = definition.syncs
    .filter(({ enabled }) => sync === undefined && !enabled)
    .map(({ setting }) => ({ server: definition.name, sync: setting.Name }));
  const runs: RunResult[] = [];
  const finished = (result: RunResult) => {
    runs.push(result);
    observer?.finished?.(result);
  };
  const ended = runDefinition({
    definition,
    settings,
    dataDirectory: options.data === undefined ? DEFAULT_DATA_DIRECTORY : userPath(options.data, env),
    functionsDir: async (folder) => options.functionsDir ?? (await builtFunctions(folder, notice, signal)),
    credentials,
    sync,
    compare,
    fromTimestamp,
    dryRun,
    mostFiles: mostShown({ dryRun: dryRun ?? false }, options.all),
    base,
    signal,
    interception: faults && injectFaults(faults),
    observer: { ...observer, finished },
  });
  try {
    await ended;
    return { runs, disabled };
  } catch (error) {
    if (error instanceof StorageFailure) {
      return { runs, disabled, failure: error };
    }
    throw error;
  }
}

/** From the project's cache; in a folder of their own, where nothing can be kept there. */
async function builtFunctions(
  folder: string,
  notice: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<string> {
  const alone = async (why: string) => {
    notice(
      `Built functions cannot be kept in ${displayed(FUNCTIONS_CACHE)} (${why}); they are built for this call alone.`,
    );
    await buildFunctions({ root: ROOT, outDir: folder });
    return folder;
  };
  try {
    const stranger = await strangerAt(FUNCTIONS_CACHE);
    if (stranger === undefined) {
      return await cachedFunctions({ root: ROOT, cache: FUNCTIONS_CACHE });
    }
    return await alone(`others could change them: ${stranger.found}, ${stranger.allowed}`);
  } catch (error) {
    if (error instanceof BuildError) {
      // Ctrl-C ends the bundler's process as well, and may be heard of later than its end.
      await setTimeout(SIGNAL_DELAY_MS);
      Interrupted.throwIf(signal);
      throw new UserError(error.message, { cause: error, next: "npm run build" });
    }
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    return await alone(code);
  } finally {
    await stopEsbuild(); // Its process would keep hundreds of megabytes as long as files move.
  }
}
