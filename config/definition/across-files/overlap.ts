import { FOLDER_TAGS } from "../../../contract/folder-tags";
import { DEFAULT_MAX_DEPTH } from "../../../contract/sync-setting";
import { dottedPath, type Path } from "../../problems/path";
import { error, type Problem, warning } from "../../problems/problem";
import { type DefinitionFile, placeInFile } from "../definition-file";
import type { SyncFields } from "../form/definition-schema";

interface Segment {
  readonly text: string;
  /** Letters, and ANY_DIGIT as often as a tag has digits in a date. */
  readonly letters: readonly string[];
}

/** The keys that one sync writes: those below `segments`, down to `depth` further levels. */
interface KeySpace {
  readonly file: DefinitionFile;
  readonly sync: Path;
  readonly bucketName: string;
  readonly segments: readonly Segment[];
  readonly depth: number;
  readonly allowsOverlap: boolean;
  /** Whether a schedule of its own starts it. */
  readonly isEnabled: boolean;
}

/**
 * Two syncs that can write the same keys pay for the same bytes twice, or overwrite each other. Prefix and folder are
 * compared together, since the key is one after the other. One file cannot decide about another file's objects: two servers
 * must both allow it, unless the one that does not is disabled, and a warning names both.
 */
export function syncsDoNotOverlap(files: readonly DefinitionFile[]): Problem[] {
  const spaces = files.flatMap(keySpaces);
  return spaces.flatMap((space, index) => {
    const others = spaces.slice(0, index).filter((one) => overlaps(one, space));
    const refused = others.find((one) => !isAllowed(one, space));
    if (refused !== undefined) {
      return [problemOf(space, refused, error)];
    }
    const foreign = others.find(({ file }) => file !== space.file);
    return foreign === undefined ? [] : [problemOf(space, foreign, warning)];
  });
}

function isAllowed(one: KeySpace, other: KeySpace): boolean {
  if (!one.allowsOverlap && !other.allowsOverlap) {
    return false;
  }
  return one.file === other.file || [one, other].every(({ allowsOverlap, isEnabled }) => allowsOverlap || !isEnabled);
}

function problemOf(space: KeySpace, other: KeySpace, severity: typeof error): Problem {
  const { line, column } = other.file.locate(folderOf(other), "value");
  const keys = `s3://${[space.bucketName, ...space.segments.map(({ text }) => text)].join("/")}/`;
  const earlier = `${dottedPath(other.sync)} at ${other.file.file}:${line}:${column}`;
  const where = space.file === other.file ? "AllowOverlap: true" : "AllowOverlap: true in both files";
  const finding = severity(`writes to ${keys}, as can ${earlier}`, {
    allowed: `folders that are neither equal nor nested, another Prefix, or ${where}`,
  });
  return placeInFile({ path: folderOf(space), part: "value", finding }, space.file);
}

function folderOf({ sync }: KeySpace): Path {
  return [...sync, "RemoteFolders", "Folder"];
}

function keySpaces(file: DefinitionFile): KeySpace[] {
  return (file.fields?.SyncSettings.items ?? []).flatMap(
    ({ path, fields }) => (fields === undefined ? undefined : keySpace(file, path, fields)) ?? [],
  );
}

/** Undefined where a field that matters is wrong, which has a problem of its own. */
function keySpace(file: DefinitionFile, sync: Path, fields: SyncFields): KeySpace | undefined {
  const repository = fields.LocalRepository.fields;
  const remote = fields.RemoteFolders.fields;
  const bucketName = repository?.BucketName.value;
  const prefix = repository?.Prefix.value;
  const folder = remote?.Folder.value;
  if (bucketName === undefined || prefix === undefined || folder === undefined) {
    return undefined;
  }
  return {
    file,
    sync,
    bucketName,
    // Tags stand for a date in Folder only.
    segments: [...segments(prefix, (text) => [...text]), ...segments(folder, digitsForTags)],
    depth: remote?.Recursive.value === true ? (remote.MaxDepth.value ?? DEFAULT_MAX_DEPTH) : 0,
    allowsOverlap: fields.AllowOverlap.value === true,
    isEnabled: fields.Enabled.value !== false && file.fields?.Enabled.value !== false,
  };
}

function overlaps(a: KeySpace, b: KeySpace): boolean {
  if (a.bucketName !== b.bucketName) {
    return false;
  }
  const [outer, inner] = a.segments.length <= b.segments.length ? [a, b] : [b, a];
  return (
    inner.segments.length - outer.segments.length <= outer.depth &&
    outer.segments.every((segment, index) => segmentsCanBeEqual(segment, inner.segments[index]))
  );
}

function segments(path: string, lettersOf: (text: string) => readonly string[]): Segment[] {
  const texts = path.split("/").filter((text) => text !== "");
  return texts.map((text) => ({ text, letters: lettersOf(text) }));
}

function segmentsCanBeEqual(a: Segment, b: Segment | undefined): boolean {
  return (
    a.letters.length === b?.letters.length &&
    a.letters.every((letter, index) => lettersCanBeEqual(letter, b.letters[index] ?? ""))
  );
}

const ANY_DIGIT = "any digit";

function digitsForTags(segment: string): string[] {
  return segment.split(/(%year%|%month%|%day%)/).flatMap((part) => {
    const digits = FOLDER_TAGS[part];
    return digits === undefined ? [...part] : Array.from({ length: digits }, () => ANY_DIGIT);
  });
}

function lettersCanBeEqual(a: string, b: string): boolean {
  return a === b || (a === ANY_DIGIT && /^\d$/.test(b)) || (b === ANY_DIGIT && /^\d$/.test(a));
}
