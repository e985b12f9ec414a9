import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readDefinition } from "../../../../config/definition/definition-file";
import { loadDefinitions } from "../../../../config/load-definitions";
import { normaliseName } from "../../../../config/naming/names";
import { isRecord } from "../../../../config/problems/path";
import { error, hasErrors, type Problem } from "../../../../config/problems/problem";
import { jsonProblems } from "../../../../config/settings/json-text";
import { definitionsFolder } from "../../definition-file";
import { replaceFile, writeNewFile } from "../../definitions/definition-store";
import { definitionText } from "../../definitions/new-definition";
import { displayed, ROOT, userPath } from "../../paths";
import { readSettingsFile } from "../../settings";
import { CHANGES } from "./sample-changes";
import { type SampleFile, sampleFiles } from "./sample-files";
import { migratedSettings } from "./sample-parameters";

export interface MigrateOptions {
  /** The sample's root, or a folder with servers' files. */
  readonly folder: string;
  /** @returns whether these files are to be written. */
  approve(migration: Migration): Promise<boolean>;
}

export interface MigratedServer {
  /** The sample's file. */
  readonly from: string;
  /** The definition's. */
  readonly file: string;
  readonly text: string;
}

export interface Migration {
  readonly servers: readonly MigratedServer[];
  /** Settings that cdktf.json gets. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of the sample's files, and of the definitions beside those that are there. */
  readonly problems: readonly Problem[];
  /** What is otherwise than with the sample. */
  readonly changes: readonly string[];
  readonly written: boolean;
}

/**
 * Makes definitions and settings of the sample's configuration. Nothing is written where a problem is an error, and no file is
 * overwritten.
 * @throws UserError where there is no configuration. @throws StorageFailure
 */
export async function migrate({ folder, approve }: MigrateOptions): Promise<Migration> {
  const sample = await sampleFiles(userPath(folder));
  const read = sample.servers.map(migratedServer);
  const servers = read.flatMap(({ server }) => server ?? []);
  const cdktf = displayed(join(ROOT, "cdktf.json"));
  const before = await readFile(cdktf, "utf8");
  const settings =
    sample.parameters === undefined
      ? { text: before, settings: {}, problems: [] }
      : migratedSettings(sample.parameters, before);
  const own = [...read.flatMap(({ problems }) => problems), ...settings.problems];
  const problems = hasErrors(own) ? own : [...own, ...(await problemsTogether(servers))];
  const migration = { servers, settings: settings.settings, problems, changes: CHANGES, written: false };
  if (hasErrors(problems) || !(await approve(migration))) {
    return migration;
  }
  for (const { file, text } of servers) {
    await writeNewFile(file, text);
  }
  if (settings.text !== before) {
    await replaceFile(cdktf, before, settings.text);
  }
  return { ...migration, written: true };
}

function migratedServer({ file: from, text: written }: SampleFile): {
  readonly server?: MigratedServer;
  readonly problems: readonly Problem[];
} {
  // The sample takes an empty Schedule for on-demand. No line is moved.
  const text = written.replaceAll(/("Schedule"\s*:\s*)""/g, '$1"on-demand"');
  const syntax = jsonProblems(from, text);
  if (hasErrors(syntax)) {
    return { problems: syntax };
  }
  const { problems } = readDefinition(from, text);
  const data: unknown = JSON.parse(text);
  if (hasErrors(problems) || !isRecord(data)) {
    return { problems };
  }
  const name = normaliseName(String(data.Name));
  const file = join(definitionsFolder(), `${name}.yaml`);
  const taken = existsSync(resolve(file)) ? [at(from, error(`would be ${file}, which is there already`))] : [];
  const definition = { ...data, Name: name, Enabled: data.Enabled ?? false };
  return { server: { from, file, text: definitionText(definition) }, problems: [...problems, ...taken] };
}

/** Two of the sample's files may have one name, or one destination, and so may one and a definition that is there. */
async function problemsTogether(servers: readonly MigratedServer[]): Promise<Problem[]> {
  const twice = servers.flatMap(({ from, file }, index) => {
    const first = servers.slice(0, index).find((other) => other.file === file);
    return first === undefined ? [] : [at(from, error(`would be ${file}, as ${first.from} would`))];
  });
  const { settings = {} } = await readSettingsFile();
  const unsaved = new Map(servers.map(({ file, text }) => [resolve(file), text]));
  const { problems } = await loadDefinitions(definitionsFolder(), settings, unsaved);
  return [...twice, ...problems.filter(({ severity }) => severity === "error")];
}

function at(file: string, finding: Pick<Problem, "severity" | "message">): Problem {
  return { file, line: 0, column: 0, path: "", ...finding };
}
