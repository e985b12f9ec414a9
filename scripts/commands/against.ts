import { isSupportedFile, joinPath } from "../../contract/file-place";
import { FOLDER_TAGS } from "../../contract/folder-tags";
import type { ServerDefinition } from "../../contract/model";
import type { SyncSetting } from "../../contract/sync-setting";
import { pathFilter } from "../../engine/listing/path-filter";

/**
 * Why a sync leaves a path out: `depth`, it lies deeper than the sync goes; `elsewhere`, it does not lie in Folder; `name`, it
 * cannot be copied under its name.
 */
export type LeftOutReason = "include" | "exclude" | "depth" | "elsewhere" | "name";

export interface LeftOut {
  readonly path: string;
  readonly reason: LeftOutReason;
  /** The globs of Exclude that take it. */
  readonly globs?: readonly string[];
}

export interface GlobMatches {
  readonly glob: string;
  /** Paths in Folder that it takes, whatever the other globs do. */
  readonly matches: number;
}

/** What a sync makes of a list of paths. */
export interface SyncAgainst {
  readonly server: string;
  readonly sync: string;
  readonly taken: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly include: readonly GlobMatches[];
  readonly exclude: readonly GlobMatches[];
}

/**
 * The paths of a list: one a line, as `find . -type f` or `rclone lsf -R --files-only` print them. Empty lines are none, nor
 * are folders: they end in a slash, or other paths lie in them.
 */
export function listedPaths(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "" && !line.endsWith("/"));
  const folders = new Set([".", ...foldersOf(lines)]);
  return lines.filter((line) => !folders.has(line));
}

/** Those of the paths in which others lie. In this order what lies in a folder follows it at once. */
function foldersOf(paths: readonly string[]): string[] {
  const ordered = [...new Set(paths)].sort((a, b) => compare(withSlashFirst(a), withSlashFirst(b)));
  return ordered.filter((path, index) => ordered[index + 1]?.startsWith(`${path}/`));
}

const withSlashFirst = (path: string) => path.replaceAll("/", "\0");

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Holds paths against every sync of the definitions. */
export function holdAgainst(definitions: readonly ServerDefinition[], paths: readonly string[]): SyncAgainst[] {
  return definitions.flatMap(({ name, syncs }) => syncs.map(({ setting }) => syncAgainst(name, setting, paths)));
}

interface Glob {
  readonly glob: string;
  readonly takes: (path: string) => boolean;
}

/** Holds paths against one sync. */
export function syncAgainst(
  server: string,
  { Name, LocalRepository, RemoteFolders }: SyncSetting,
  paths: readonly string[],
): SyncAgainst {
  const { Folder, Include, Exclude, Recursive, MaxDepth } = RemoteFolders;
  const depth = Recursive ? MaxDepth : 0;
  const include = Include.map((glob): Glob => ({ glob, takes: pathFilter([glob], []).file }));
  const exclude = Exclude.map((glob): Glob => ({ glob, takes: pathFilter([glob], []).file }));
  const taken: string[] = [];
  const leftOut: LeftOut[] = [];
  const inFolder: string[] = [];
  for (const path of paths) {
    const below = pathBelow(Folder, path);
    if (below === undefined) {
      leftOut.push({ path, reason: "elsewhere" });
      continue;
    }
    inFolder.push(below);
    const globs = exclude.filter(({ takes }) => takes(below)).map(({ glob }) => glob);
    if (below.split("/").length - 1 > depth) {
      leftOut.push({ path, reason: "depth" });
    } else if (include.length > 0 && !include.some(({ takes }) => takes(below))) {
      leftOut.push({ path, reason: "include" });
    } else if (globs.length > 0) {
      leftOut.push({ path, reason: "exclude", globs });
    } else if (!hasSupportedName(LocalRepository, Folder, below)) {
      leftOut.push({ path, reason: "name" });
    } else {
      taken.push(path);
    }
  }
  const matchesOf = ({ glob, takes }: Glob) => ({ glob, matches: inFolder.filter(takes).length });
  return { server, sync: Name, taken, leftOut, include: include.map(matchesOf), exclude: exclude.map(matchesOf) };
}

function hasSupportedName(repository: SyncSetting["LocalRepository"], folder: string, below: string): boolean {
  const slash = below.lastIndexOf("/");
  const parent = slash === -1 ? folder : joinPath(folder, below.slice(0, slash));
  return isSupportedFile(repository, parent, below.slice(slash + 1));
}

/**
 * A path relative to Folder, whose date tags stand for any digits. What does not begin with a slash is relative already.
 * @returns `undefined` where it does not lie there.
 */
function pathBelow(folder: string, path: string): string | undefined {
  if (!path.startsWith("/")) {
    return path.replace(/^(\.\/)+/, "");
  }
  const beginning = Object.entries(FOLDER_TAGS).reduce(
    (pattern, [tag, digits]) => pattern.replaceAll(tag, `\\d{${digits}}`),
    folder.replace(/\/$/, "").replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
  );
  return new RegExp(`^${beginning}/+(.+)$`, "su").exec(path)?.[1];
}
