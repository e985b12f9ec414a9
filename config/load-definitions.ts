import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ServerDefinition } from "../contract/model";
import { formerNamesAreFree } from "./definition/across-files/former-names";
import { syncsDoNotOverlap } from "./definition/across-files/overlap";
import { serverNamesAreUnique } from "./definition/across-files/server-names";
import { type DefinitionFile, readDefinition } from "./definition/definition-file";
import { errorCode } from "./error-code";
import { type Problem, sortProblems } from "./problems/problem";

export interface DefinitionsResult {
  /** Those that are valid, in the order of their files. */
  readonly definitions: readonly ServerDefinition[];
  readonly problems: readonly Problem[];
}

/** Documentation and the editor's schema; a fresh clone has no definitions. */
const NOT_DEFINITIONS: readonly string[] = ["example.yaml", "server.schema.json"];

/** All definitions of a folder. A folder that does not exist holds none. */
export async function loadDefinitions(dir: string): Promise<DefinitionsResult> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (cause) {
    return { definitions: [], problems: errorCode(cause) === "ENOENT" ? [] : [unreadable(dir, cause)] };
  }
  const paths = names.filter(isDefinition).sort();
  return loadDefinitionFiles(paths.map((name) => join(dir, name)));
}

/** The definitions in these files, held against each other too. */
export async function loadDefinitionFiles(paths: readonly string[]): Promise<DefinitionsResult> {
  const distinct = [...new Map(paths.map((path) => [resolve(path), path])).values()];
  const files = await Promise.all(distinct.map(readDefinitionFile));
  const problems = [
    ...files.flatMap((file) => file.problems),
    ...serverNamesAreUnique(files),
    ...formerNamesAreFree(files),
    ...syncsDoNotOverlap(files),
  ];
  const wrong = new Set(problems.filter(({ severity }) => severity === "error").map(({ file }) => file));
  return {
    definitions: files.flatMap(({ file, definition }) =>
      definition === undefined || wrong.has(file) ? [] : [definition],
    ),
    problems: sortProblems(problems, distinct),
  };
}

function isDefinition(name: string): boolean {
  return /^[^.].*\.(ya?ml|json)$/i.test(name) && !NOT_DEFINITIONS.includes(name);
}

async function readDefinitionFile(file: string): Promise<DefinitionFile> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
    return readDefinition(file, text);
  } catch (cause) {
    return { file, problems: [unreadable(file, cause)], locate: () => ({ line: 0, column: 0 }) };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "it is not a folder",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8 text",
};

function unreadable(file: string, cause: unknown): Problem {
  const code = errorCode(cause);
  if (code === undefined) {
    throw cause;
  }
  return { severity: "error", file, line: 0, column: 0, path: "", message: `cannot be read: ${REASONS[code] ?? code}` };
}
