import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ServerDefinition } from "../../contract/model";
import { errorCode } from "../error-code";
import { readText } from "../file-text";
import { nearestName } from "../problems/nearest-name";
import { valueAt } from "../problems/path";
import { error, hasErrors, type Problem, warning } from "../problems/problem";
import { type Environment, type EnvironmentResult, readEnvironment } from "../settings/environment-file";
import type { Settings, SettingsResult } from "../settings/settings";
import { readSettings } from "../settings/settings-file";
import { isNamed } from "../settings/target-buckets";
import { environmentsAreApart } from "./environments-apart";

/** Names the environment that a command works on; without it, cdktf.json alone counts. */
export const ENVIRONMENT_VARIABLE = "SFTP_SYNC_ENVIRONMENT";

/** Holds a file for each environment, in the project's root. */
const FOLDER = "environments";

/** A name is part of files' names, in which upper and lower case may be the same. */
const FILE = /^([a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?)\.json$/;

/** A limit of our own: far more than any settings need. */
const MOST_BYTES = 256 * 1024;

export interface InstallationFiles {
  /** The project's folder. */
  readonly root: string;
  /** Holds {@link ENVIRONMENT_VARIABLE}, and the context where the cdktf command hands it over (CDKTF_CONTEXT_JSON). */
  readonly env: NodeJS.ProcessEnv;
}

/** What is deployed, and with which settings. */
export interface Installation {
  /** Absent where a problem is an error. */
  readonly settings?: Settings;
  readonly environment?: Environment;
  readonly problems: readonly Problem[];
}

/**
 * Reads cdktf.json and, where one is named, the file of an environment, which is held against the others.
 * @throws what Node.js throws where a file that is there cannot be read.
 */
export async function readInstallation({ root, env }: InstallationFiles): Promise<Installation> {
  const text = await readText(join(root, "cdktf.json"), MOST_BYTES);
  const handedOver = env.CDKTF_CONTEXT_JSON;
  const name = env[ENVIRONMENT_VARIABLE] ?? "";
  const names = await environmentNames(root);
  const read = new Map(await Promise.all(names.map(async (one) => [one, await environmentIn(root, one)] as const)));
  const stateBuckets = stateBucketsOf(readSettings(text, handedOver).settings, [...read.values()]);
  if (name === "") {
    return withStateBuckets(readSettings(text, handedOver), stateBuckets);
  }
  if (!names.includes(name)) {
    return { problems: [unknownEnvironment(name, names)] };
  }
  const { environment, problems = [] } = read.get(name) ?? {};
  if (environment === undefined) {
    return { problems };
  }
  const result = readSettings(text, handedOver, environment);
  const others = [...read.values()]
    .flatMap((other) => other.environment ?? [])
    .filter((other) => other !== environment);
  const settingsOf = (other?: Environment) => readSettings(text, handedOver, other).settings;
  const apart =
    result.settings === undefined
      ? []
      : environmentsAreApart({ environment, settings: result.settings }, [
          { settings: settingsOf() },
          ...others.map((other) => ({ environment: other, settings: settingsOf(other) })),
        ]);
  const { settings } = result;
  return {
    ...(settings === undefined || hasErrors(apart) ? {} : { settings: { ...settings, stateBuckets } }),
    environment,
    problems: [...problems, ...result.problems, ...apart],
  };
}

/** Buckets that hold states, of cdktf.json alone and of each environment, whether its other settings are right or not. */
function stateBucketsOf(base: Settings | undefined, environments: readonly EnvironmentResult[]): string[] {
  const own = environments.map(({ environment }) => valueAt(environment?.settings, ["s3Backend", "bucket"]));
  const buckets = [base?.s3Backend?.bucket, ...own].filter((bucket) => typeof bucket === "string" && bucket !== "");
  return [...new Set(buckets.map(String))].sort();
}

function withStateBuckets({ settings, problems }: SettingsResult, stateBuckets: readonly string[]): Installation {
  return { ...(settings === undefined ? {} : { settings: { ...settings, stateBuckets } }), problems };
}

/**
 * The definitions that are deployed to an environment.
 * @returns those, and a warning for each pattern that takes none of them.
 */
export function deployedTo(environment: Environment | undefined, definitions: readonly ServerDefinition[]) {
  if (environment === undefined) {
    return { definitions, problems: [] };
  }
  const { servers, file } = environment;
  const idle = servers.filter((pattern) => !definitions.some(({ name }) => isNamed(name, [pattern])));
  return {
    definitions: definitions.filter(({ name }) => isNamed(name, servers)),
    problems: idle.map((pattern): Problem => {
      const finding = warning("names no server of a valid definition", { received: pattern });
      return { ...finding, file, line: 0, column: 0, path: "servers" };
    }),
  };
}

/** Where the stacks of an environment are synthesized, in the project's root: Terraform remembers there where their states are. */
export function outputFolder(environment: string | undefined): string {
  return environment === undefined ? "cdktf.out" : `cdktf.out-${environment}`;
}

async function environmentNames(root: string): Promise<string[]> {
  try {
    return (await readdir(join(root, FOLDER))).flatMap((file) => FILE.exec(file)?.[1] ?? []).sort();
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") {
      return [];
    }
    throw cause;
  }
}

async function environmentIn(root: string, name: string): Promise<EnvironmentResult> {
  const file = `${FOLDER}/${name}.json`;
  return readEnvironment(name, file, await readText(join(root, file), MOST_BYTES));
}

function unknownEnvironment(name: string, names: readonly string[]): Problem {
  const nearest = nearestName(name, names);
  const there = names.length === 0 ? `none yet: a file ${FOLDER}/NAME.json` : names.join(", ");
  const finding = error(`there is no such environment${nearest === undefined ? "" : `; did you mean ${nearest}?`}`, {
    received: name,
    allowed: there,
  });
  return { ...finding, file: ENVIRONMENT_VARIABLE, line: 0, column: 0, path: "" };
}
