import { throughFirstTag, withTagsAs } from "../../../contract/folder-tags";
import { DEFAULT_MAX_DEPTH } from "../../../contract/sync-setting";
import { asPolicyText } from "../../naming/policy-text";
import { targetPlaces } from "../../naming/target-places";
import { dottedPath, type Path } from "../../problems/path";
import { error, type Problem, warning } from "../../problems/problem";
import { type DefinitionFile, placeInFile } from "../definition-file";
import type { SyncFields } from "../form/definition-schema";
import { ANY_DIGIT, type Keys, KeyTree, type Levels } from "./key-tree";
import { ANY_TEXT, PolicyPattern } from "./policy-pattern";

/** The keys that one sync writes. */
interface KeySpace extends Keys {
  readonly file: DefinitionFile;
  readonly sync: Path;
  readonly bucketName: string;
  /** As it is written: `Prefix` and `Folder`. */
  readonly path: string;
  /** What the policies of its server let it reach: all below these levels. */
  readonly policy: Levels;
  /** Whether that is its Prefix alone, for want of room in the policies. */
  readonly isWide: boolean;
  readonly allowsOverlap: boolean;
  /** Whether a schedule of its own starts it. */
  readonly isEnabled: boolean;
}

type Kind = Pick<KeySpace, "allowsOverlap" | "isEnabled">;

/** On these it depends whether an overlap is allowed, and on the files. */
const KINDS: readonly Kind[] = [true, false].flatMap((allowsOverlap) =>
  [true, false].map((isEnabled) => ({ allowsOverlap, isEnabled })),
);

/**
 * Two syncs that can write the same keys pay for the same bytes twice, or overwrite each other. Prefix and folder are
 * compared together, since the key is one after the other. One file cannot decide about another file's objects: two servers
 * must both allow it, unless the one that does not is disabled, and a warning names both. A warning also tells where a server
 * does not write to another's folder, but could by its policies, which know no depth, no digits and no characters beyond
 * U+00FF, and of many folders none.
 */
export function syncsDoNotOverlap(files: readonly DefinitionFile[]): Problem[] {
  const spaces = files.flatMap(keySpaces);
  const trees = new Map<string, KeyTree>();
  const told = new Set<string>();
  const overlaps = spaces.flatMap((space, order) => {
    const tree = trees.get(space.bucketName) ?? new KeyTree();
    trees.set(space.bucketName, tree);
    const other = firstOverlap(space, tree, spaces);
    tree.add(space, { kind: kindOf(space), owner: space.file.file, order });
    if (other === undefined || (isAllowed(other, space) && other.file === space.file)) {
      return [];
    }
    told.add(pairOf(space, other));
    return [problemOf(space, other, isAllowed(other, space) ? warning : error)];
  });
  const withinReach = withoutRepetition(spaces).flatMap((space) => {
    const other = hasAnyText(space)
      ? firstInPattern(space, spaces)
      : spaces[trees.get(space.bucketName)?.below(space.policy, space.file.file) ?? -1];
    return other === undefined || told.has(pairOf(space, other)) || told.has(pairOf(other, space))
      ? []
      : [reaches(space, other)];
  });
  return [...overlaps, ...withinReach];
}

/** Of the syncs of a file whose policies go as far as their Prefix alone, the first for each: it stands for the others. */
function withoutRepetition(spaces: readonly KeySpace[]): KeySpace[] {
  const known = new Set<string>();
  return spaces.filter(({ isWide, file, bucketName, policy }) => {
    const key = JSON.stringify([file.file, bucketName, policy]);
    const isRepeated = isWide && known.has(key);
    known.add(key);
    return !isRepeated;
  });
}

/**
 * Of what overlaps, the first that is not allowed, else the first at all, which tells whether there is any of another file. What
 * is first of a kind stands for all of it: files come one after the other.
 */
function firstOverlap(space: KeySpace, tree: KeyTree, spaces: readonly KeySpace[]): KeySpace | undefined {
  const found = KINDS.map((kind) => tree.first(space, kindOf(kind)))
    .filter((order) => order !== undefined)
    .sort((a, b) => a - b)
    .flatMap((order) => spaces[order] ?? []);
  return found.find((one) => !isAllowed(one, space)) ?? found[0];
}

const hasAnyText = ({ policy }: KeySpace): boolean => policy.some((level) => level.includes(ANY_TEXT));

/** The first of another file that the policy of a space takes in. */
function firstInPattern({ policy, bucketName, file }: KeySpace, spaces: readonly KeySpace[]): KeySpace | undefined {
  const pattern = new PolicyPattern(policy);
  return spaces.find((one) => one.bucketName === bucketName && one.file !== file && pattern.takesIn(one));
}

function kindOf({ allowsOverlap, isEnabled }: Kind): string {
  return JSON.stringify([allowsOverlap, isEnabled]);
}

function pairOf(one: KeySpace, other: KeySpace): string {
  return JSON.stringify([one, other].map(({ file, sync }) => [file.file, sync]));
}

function isAllowed(one: KeySpace, other: KeySpace): boolean {
  if (!one.allowsOverlap && !other.allowsOverlap) {
    return false;
  }
  return one.file === other.file || [one, other].every(({ allowsOverlap, isEnabled }) => allowsOverlap || !isEnabled);
}

function problemOf(space: KeySpace, other: KeySpace, severity: typeof error): Problem {
  const where = space.file === other.file ? "AllowOverlap: true" : "AllowOverlap: true in both files";
  const finding = severity(`writes to ${keysOf(space)}, as can ${placeOf(other)}`, {
    allowed: `folders that are neither equal nor nested, another Prefix, or ${where}`,
  });
  return placeInFile({ path: folderOf(space), part: "value", finding }, space.file);
}

function reaches(space: KeySpace, other: KeySpace): Problem {
  const finding = warning(`lets this server's policies reach ${keysOf(other)}, to which ${placeOf(other)} writes`, {
    allowed: allowedBeside(space),
  });
  return placeInFile({ path: folderOf(space), part: "value", finding }, space.file);
}

function allowedBeside(space: KeySpace): string {
  if (space.isWide) {
    return "a Prefix for each server, or fewer syncs in this file: its policies have no room for so many folders, and go by Prefix alone";
  }
  return hasAnyText(space)
    ? "a Prefix for each server, of characters up to U+00FF: policies can hold no others, and allow any text in their place"
    : "a Prefix for each server, or folders of which none lies in another's, nor could by its length where a date tag stands";
}

function keysOf({ bucketName, path }: KeySpace): string {
  return `s3://${[bucketName, ...levelsOf(path)].join("/")}/`;
}

function placeOf(space: KeySpace): string {
  const { line, column } = space.file.locate(folderOf(space), "value");
  return `${dottedPath(space.sync)} at ${space.file.file}:${line}:${column}`;
}

function folderOf({ sync }: KeySpace): Path {
  return [...sync, "RemoteFolders", "Folder"];
}

function keySpaces(file: DefinitionFile): KeySpace[] {
  const { fields, definition } = file;
  const isWide =
    definition !== undefined && targetPlaces(definition.syncs.map(({ setting }) => setting)).reach === "prefixes";
  return (fields?.SyncSettings.items ?? []).flatMap(
    ({ path, fields: sync }) => (sync === undefined ? undefined : keySpace(file, path, sync, isWide)) ?? [],
  );
}

/** Undefined where a field that matters is wrong, which has a problem of its own. */
function keySpace(file: DefinitionFile, sync: Path, fields: SyncFields, isWide: boolean): KeySpace | undefined {
  const repository = fields.LocalRepository.fields;
  const remote = fields.RemoteFolders.fields;
  const bucketName = repository?.BucketName.value;
  const prefix = repository?.Prefix.value;
  const folder = remote?.Folder.value;
  if (bucketName === undefined || prefix === undefined || folder === undefined) {
    return undefined;
  }
  // Tags stand for a date in Folder only.
  const levels = (path: string) => [...levelsOf(prefix), ...levelsOf(withTagsAs(ANY_DIGIT, path))];
  const inPolicy = (path: string) => asPolicyText(path, ANY_TEXT);
  const reached = isWide ? "" : withTagsAs(ANY_DIGIT, inPolicy(throughFirstTag(folder)));
  return {
    file,
    sync,
    bucketName,
    path: `${prefix}/${folder}`,
    levels: levels(folder),
    policy: [...levelsOf(inPolicy(prefix)), ...levelsOf(reached)],
    isWide,
    depth: remote?.Recursive.value === true ? (remote.MaxDepth.value ?? DEFAULT_MAX_DEPTH) : 0,
    allowsOverlap: fields.AllowOverlap.value === true,
    isEnabled: fields.Enabled.value !== false && file.fields?.Enabled.value !== false,
  };
}

function levelsOf(path: string): string[] {
  return path.split("/").filter((text) => text !== "");
}
