import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { ServerDefinition } from "../contract/model";
import { awsNamesDiffer } from "./definition/across-files/aws-names";
import { formerNamesAreFree } from "./definition/across-files/former-names";
import { syncsDoNotOverlap } from "./definition/across-files/overlap";
import { serverNamesAreUnique } from "./definition/across-files/server-names";
import { startsAreSpread } from "./definition/across-files/starts-per-minute";
import { stateBucketsAreSpared } from "./definition/across-files/state-buckets";
import { targetsAreAllowed } from "./definition/across-files/targets-allowed";
import { withBucketNames } from "./definition/bucket-names";
import { type DefinitionFile, readDefinition } from "./definition/definition-file";
import { unknownFile, withinFile } from "./definition/file-boundary";
import { syncName } from "./definition/form/sync-name";
import { errorCode } from "./error-code";
import { readText } from "./file-text";
import { liesIn } from "./lies-in";
import type { Problem } from "./problems/problem";
import { shownProblems } from "./problems/shown-problems";
import type { Settings } from "./settings/settings";
import { unreadable } from "./unreadable";
import { isUnseen } from "./unseen";

export interface DefinitionsResult {
  /** Those that are valid, in the order of their files. */
  readonly definitions: readonly ServerDefinition[];
  /** The file of each of them, by the server's name. */
  readonly files: ReadonlyMap<string, string>;
  /** Every file that is there, valid or not. */
  readonly found: readonly FoundFile[];
  readonly problems: readonly Problem[];
}

/** What can be said of a file even where it is not valid. */
export interface FoundFile {
  /** Also a folder, or a link, that is not looked into. */
  readonly file: string;
  /** The server's name, where the file gives one that can be read. */
  readonly name?: string;
  /** Names of the syncs with `AllowOverlap: true`. */
  readonly overlapping: readonly string[];
}

/**
 * A limit of our own: the largest sync fits into 8 KB (see eventsFitParameters), so that this is far more than any server needs,
 * and is read in a moment.
 */
export const MOST_BYTES = 256 * 1024;

/** What the installation's settings make of definitions; absent where they leave them as they are. */
export type Limits = Partial<
  Pick<Settings, "targetBuckets" | "startsPerMinute" | "bucketNames" | "stateBuckets" | "namePrefix" | "region">
>;

/** Texts that stand for what is in files, by their absolute paths: how definitions would be once these were written. */
export type UnsavedTexts = ReadonlyMap<string, string>;

const NONE: UnsavedTexts = new Map();

const DEFINITION = /\.(ya?ml|json)$/i;

/** Shells, terminals and CI read names of files too, and others' names may hold commands to them. */
const FILE_NAME = /^[\p{L}\p{M}\p{N} ._+@-]+$/u;

/** Says which differences Git and code hosts show, and in which encoding files are checked out. */
const ATTRIBUTES = /^\.gitattributes$/i;

/** Documentation and the editor's schema; a fresh clone has no definitions. */
const NOT_DEFINITIONS: readonly string[] = ["example.yaml", "server.schema.json"];

/** Whether a file in the folder of definitions, or in one below it, is read as a definition; hidden ones are not. */
export function isDefinition(path: string, dir: string): boolean {
  const below = path.slice(dir.length + 1);
  const isHidden = below.split("/").some((part) => part.startsWith("."));
  return DEFINITION.test(path) && !isHidden && !NOT_DEFINITIONS.includes(below);
}

/**
 * All definitions of a folder and of the folders below, but for hidden ones. A folder that does not exist holds none.
 * @param dir as it is to be named in problems.
 * @param unsaved files of this folder, also such as are not there yet.
 */
export async function loadDefinitions(
  dir: string,
  limits: Limits = {},
  unsaved: UnsavedTexts = NONE,
): Promise<DefinitionsResult> {
  const { files: found, problems } = await definitionsIn(dir);
  const known = new Set(found.map((file) => resolve(file)));
  const added = [...unsaved.keys()]
    .filter((file) => !known.has(file))
    .map((file) => join(dir, relative(resolve(dir), file)));
  const loaded = await loadDefinitionFiles([...found, ...added], limits, unsaved);
  const refused = problems.map(({ file }) => ({ file, overlapping: [] }));
  return { ...loaded, found: [...refused, ...loaded.found], problems: [...problems, ...loaded.problems] };
}

/**
 * One definition, held against all those of a folder too, in which it may lie itself. It comes last: where two claim the same,
 * the problem is told of this one.
 * @param file as it is to be named in problems.
 */
export async function loadDefinitionBeside(
  file: string,
  dir: string,
  limits: Limits = {},
): Promise<Pick<DefinitionsResult, "problems"> & { readonly definition?: ServerDefinition }> {
  const { files: found } = await definitionsIn(dir);
  const others = found.filter((other) => resolve(other) !== resolve(file));
  const { definitions, files, problems } = await loadDefinitionFiles([...others, file], limits);
  const definition = definitions.find(({ name }) => files.get(name) === file);
  return {
    ...(definition === undefined ? {} : { definition }),
    problems: problems.filter((problem) => problem.file === file),
  };
}

interface FilesBelow {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

async function definitionsIn(dir: string): Promise<FilesBelow> {
  const project = resolve(dir, "..");
  if (!(await liesIn(dir, project))) {
    return {
      files: [],
      problems: [problemOf(dir, "is a link to a folder outside of the project: put the folder here")],
    };
  }
  const { files, problems } = await definitionFiles(dir, project);
  return { files: files.filter((file) => !NOT_DEFINITIONS.some((name) => file === join(dir, name))), problems };
}

/** @param project folder beyond which no link is followed. */
async function definitionFiles(dir: string, project: string): Promise<FilesBelow> {
  let entries: Dirent[];
  try {
    entries = await readdir(dir, { withFileTypes: true });
  } catch (cause) {
    return { files: [], problems: errorCode(cause) === "ENOENT" ? [] : [unreadable(dir, "a definition", cause)] };
  }
  const shown = entries.filter(({ name }) => !name.startsWith(".")).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(shown.map((entry) => filesAt(join(dir, entry.name), entry, project)));
  const attributes = entries.filter(({ name }) => ATTRIBUTES.test(name)).map(({ name }) => hiding(join(dir, name)));
  return {
    files: found.flatMap(({ files }) => files),
    problems: [...attributes, ...found.flatMap(({ problems }) => problems)],
  };
}

/**
 * A link is followed to a file of the project, which tells when it is not there; one to a folder could lead round in circles, and
 * what messages quote of any other file is not for whoever wrote the link.
 */
async function filesAt(path: string, entry: Dirent, project: string): Promise<FilesBelow> {
  if ((entry.isDirectory() || DEFINITION.test(path)) && !FILE_NAME.test(entry.name)) {
    return { files: [], problems: [oddlyNamed(path)] };
  }
  if (entry.isDirectory()) {
    return definitionFiles(path, project);
  }
  const target = await stat(path).catch(() => undefined);
  if (entry.isSymbolicLink() && target?.isDirectory()) {
    return {
      files: [],
      problems: [problemOf(path, "is a link to a folder, which is not followed: put the files here")],
    };
  }
  if (!DEFINITION.test(path)) {
    return { files: [], problems: [] };
  }
  if (entry.isSymbolicLink() && !(await liesIn(path, project))) {
    return { files: [], problems: [problemOf(path, "is a link to a file outside of the project: put the file here")] };
  }
  if (target?.isFile() === false) {
    return { files: [], problems: [problemOf(path, "is no file, but a pipe, a device or the like")] };
  }
  if (await isUnseenIn(path, project)) {
    const message = "is, or leads to, a file among packages, built files or states, which no review shows";
    return { files: [], problems: [{ ...problemOf(path, message), allowed: "a file that is in Git" }] };
  }
  return { files: [path], problems: [] };
}

/** With links followed: what such a folder holds differs from one machine to the next, and may come from anybody. */
async function isUnseenIn(path: string, project: string): Promise<boolean> {
  const [target, root] = await Promise.all([path, project].map((one) => realpath(one).catch(() => undefined)));
  return target !== undefined && root !== undefined && isUnseen(relative(root, target).split(sep).join("/"));
}

function oddlyNamed(path: string): Problem {
  const message = "has a name with characters that shells or terminals may take for commands";
  return { ...problemOf(path, message), allowed: "letters, digits, blanks and . _ + @ -" };
}

/** Whoever owns the folder could review its definitions alone then. */
function hiding(path: string): Problem {
  const message =
    "could hide from reviewers what changes in definitions, or show them another text than the one that is read";
  return { ...problemOf(path, message), allowed: ".gitattributes in the project's root alone" };
}

/** The definitions in these files, held against each other and the settings too. */
export async function loadDefinitionFiles(
  paths: readonly string[],
  { targetBuckets, startsPerMinute, bucketNames = {}, stateBuckets = [], namePrefix, region }: Limits = {},
  unsaved: UnsavedTexts = NONE,
): Promise<DefinitionsResult> {
  const distinct = [...new Map(paths.map((path) => [resolve(path), path])).values()];
  const read = await Promise.all(distinct.map((file) => readDefinitionFile(file, unsaved.get(resolve(file)))));
  const files = read.map((file) => withBucketNames(file, bucketNames));
  const problems = [
    ...files.flatMap((file) => file.problems),
    ...serverNamesAreUnique(files),
    ...awsNamesDiffer(files, namePrefix === undefined || region === undefined ? undefined : { namePrefix, region }),
    ...formerNamesAreFree(files),
    ...syncsDoNotOverlap(files),
    ...targetsAreAllowed(files, targetBuckets),
    ...stateBucketsAreSpared(files, stateBuckets),
    ...startsAreSpread(files, startsPerMinute),
  ];
  const wrong = new Set(problems.filter(({ severity }) => severity === "error").map(({ file }) => file));
  const valid = files.flatMap(({ file, definition }) =>
    definition === undefined || wrong.has(file) ? [] : [{ file, definition }],
  );
  return {
    definitions: valid.map(({ definition }) => definition),
    files: new Map(valid.map(({ file, definition }) => [definition.name, file])),
    found: files.map(foundFile),
    problems: shownProblems(problems, distinct),
  };
}

function foundFile({ file, fields }: DefinitionFile): FoundFile {
  const name = fields?.Name.value;
  const syncs = fields?.SyncSettings.items.flatMap((sync) => sync.fields ?? []) ?? [];
  const overlapping = syncs.filter(({ AllowOverlap }) => AllowOverlap.value === true);
  return {
    file,
    ...(name === undefined ? {} : { name }),
    overlapping: overlapping.flatMap((sync) => syncName(sync) ?? []),
  };
}

async function readDefinitionFile(file: string, unsaved: string | undefined): Promise<DefinitionFile> {
  let text: string;
  try {
    text = unsaved ?? (await readText(file, MOST_BYTES));
  } catch (cause) {
    return unknownFile(file, unreadable(file, "a definition", cause));
  }
  return withinFile(file, () => readDefinition(file, text));
}

function problemOf(file: string, message: string): Problem {
  return { severity: "error", file, line: 0, column: 0, path: "", message };
}
