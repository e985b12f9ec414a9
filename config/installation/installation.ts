import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ServerDefinition } from "../../contract/model";
import { errorCode } from "../error-code";
import { readFileText, readText } from "../file-text";
import { liesIn } from "../lies-in";
import { nearestName } from "../problems/nearest-name";
import { valueAt } from "../problems/path";
import { error, hasErrors, type Problem, warning } from "../problems/problem";
import { describeName } from "../problems/received";
import { type Environment, type EnvironmentResult, readEnvironment } from "../settings/environment-file";
import type { Settings, SettingsResult } from "../settings/settings";
import { readSettings } from "../settings/settings-file";
import { isNamed } from "../settings/target-buckets";
import { unreadable } from "../unreadable";
import { environmentsAreApart } from "./environments-apart";

/** Names the environment that a command works on; without it, cdktf.json alone counts. */
export const ENVIRONMENT_VARIABLE = "SFTP_SYNC_ENVIRONMENT";

/** Holds a file for each environment, in the project's root. */
const FOLDER = "environments";

/** A name is part of files' names, in which upper and lower case may be the same. */
const FILE = /^([a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?)\.json$/;

const NO_ENVIRONMENT = /^\.|\.md$/i;

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
  /** Says that its file is wrong, so that nothing could be held against it; absent where it could. */
  readonly notCompared?: Problem;
}

/**
 * Reads cdktf.json and, where one is named, the file of an environment, which is held against the others.
 * @throws what Node.js throws where cdktf.json cannot be read.
 */
export async function readInstallation({ root, env }: InstallationFiles): Promise<Installation> {
  const name = env[ENVIRONMENT_VARIABLE] ?? "";
  const { alone, environments } = await allInstallations({ root, env });
  if (name === "") {
    return alone;
  }
  return environments.get(name) ?? { problems: [unknownEnvironment(name, [...environments.keys()])] };
}

/**
 * Reads cdktf.json alone, and with each environment that there is. A file that can be no environment's by its name is one of which
 * there is nothing but that problem.
 * @throws what Node.js throws where cdktf.json cannot be read.
 */
export async function readInstallations(files: InstallationFiles): Promise<[Installation, ...Installation[]]> {
  const { alone, environments, misnamed } = await allInstallations(files);
  return [alone, ...misnamed.map((problem) => ({ problems: [problem] })), ...environments.values()];
}

/** All installations by the names of their environments; each knows the buckets that hold states of any. */
async function allInstallations({ root, env }: InstallationFiles) {
  const settingsIn = await settingsReader({ root, env });
  const files = await environmentFiles(root);
  const environments = await inEnvironments(root, files.flatMap(nameOf), settingsIn);
  const alone = settingsIn();
  const stateBuckets = stateBucketsOf(alone.settings, [...environments.values()]);
  return {
    alone: withStateBuckets(alone, stateBuckets),
    environments: new Map([...environments].map(([name, one]) => [name, withStateBuckets(one, stateBuckets)])),
    misnamed: files.filter((file) => nameOf(file).length === 0).map(misnamed),
  };
}

/** Buckets that hold states, of cdktf.json alone and of each environment, whether its other settings are right or not. */
function stateBucketsOf(base: Settings | undefined, installations: readonly Installation[]): string[] {
  const own = installations.map(({ environment }) => valueAt(environment?.settings, ["s3Backend", "bucket"]));
  const buckets = [base?.s3Backend?.bucket, ...own].filter((bucket) => typeof bucket === "string" && bucket !== "");
  return [...new Set(buckets.map(String))].sort();
}

function withStateBuckets({ settings, ...others }: Installation, stateBuckets: readonly string[]): Installation {
  return settings === undefined ? others : { ...others, settings: { ...settings, stateBuckets } };
}

type SettingsReader = (environment?: Environment) => SettingsResult;

async function settingsReader({ root, env }: InstallationFiles): Promise<SettingsReader> {
  const text = await readText(join(root, "cdktf.json"), MOST_BYTES);
  return (environment) => readSettings(text, env.CDKTF_CONTEXT_JSON, environment);
}

/** Each environment, by its name, held against cdktf.json alone and the others. */
async function inEnvironments(
  root: string,
  names: readonly string[],
  settingsIn: SettingsReader,
): Promise<Map<string, Installation>> {
  const files = await Promise.all(names.map((name) => environmentIn(root, name)));
  const read = files.map(({ environment, problems }, index): [string, Installation] => {
    const result = environment === undefined ? undefined : settingsIn(environment);
    const all = [...problems, ...(result?.problems ?? [])];
    const name = names[index] ?? "";
    const isWrong = hasErrors(all.filter(({ file }) => file === fileOf(name)));
    return [
      name,
      {
        ...result,
        ...(environment === undefined ? {} : { environment }),
        problems: all,
        ...(isWrong ? { notCompared: notCompared(fileOf(name)) } : {}),
      },
    ];
  });
  const alone = { settings: settingsIn().settings };
  return new Map(
    read.map(([name, one]) => {
      const others = read.flatMap(([, other]) => (other === one ? [] : other));
      return [name, heldAgainst(one, [alone, ...others])];
    }),
  );
}

function heldAgainst(installation: Installation, others: readonly Partial<Installation>[]): Installation {
  const { environment, settings, problems } = installation;
  if (environment === undefined || settings === undefined) {
    return installation;
  }
  const unknown = others.flatMap(({ notCompared: other }) => (other === undefined ? [] : other.file));
  const apart = [
    ...environmentsAreApart({ environment, settings }, others),
    ...unknown.map((other): Problem => {
      const finding = warning(`is not compared with ${other}, which is not valid`, { allowed: `a valid ${other}` });
      return { ...finding, file: environment.file, line: 0, column: 0, path: "" };
    }),
  ];
  return { ...(hasErrors(apart) ? {} : { settings }), environment, problems: [...problems, ...apart] };
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

/** All that lies in the folder, but for what is there to be read by people or is hidden. */
async function environmentFiles(root: string): Promise<string[]> {
  try {
    return (await readdir(join(root, FOLDER))).filter((file) => !NO_ENVIRONMENT.test(file)).sort();
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") {
      return [];
    }
    throw cause;
  }
}

const nameOf = (file: string): string[] => FILE.exec(file)?.slice(1) ?? [];

const fileOf = (name: string): string => `${FOLDER}/${name}.json`;

function notCompared(file: string): Problem {
  const finding = error("is not compared with the other environments, whose states or names it may share", {
    allowed: "a valid file; then validate again",
  });
  return { ...finding, file, line: 0, column: 0, path: "" };
}

function misnamed(file: string): Problem {
  const finding = error("is no environment: its name cannot be one's", {
    received: describeName(file),
    allowed: `${FOLDER}/NAME.json, where NAME has 1 to 32 of a-z, 0-9 and -, no - at its ends; or notes that end with .md`,
  });
  return { ...finding, file: `${FOLDER}/${file}`, line: 0, column: 0, path: "" };
}

async function environmentIn(root: string, name: string): Promise<EnvironmentResult> {
  const file = fileOf(name);
  if (!(await liesIn(join(root, file), root))) {
    const message = "is a link to a file outside of the project, or in a folder that is: put the file here";
    return { problems: [{ ...error(message), file, line: 0, column: 0, path: "" }] };
  }
  let text: string;
  try {
    text = await readFileText(join(root, file), MOST_BYTES);
  } catch (cause) {
    return { problems: [unreadable(file, "an environment", cause)] };
  }
  return readEnvironment(name, file, text);
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
