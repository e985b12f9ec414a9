import { FOLDER_TAGS } from "../../contract/folder-tags";
import type { ServerDefinition } from "../../contract/model";
import type { SyncSetting } from "../../contract/sync-setting";
import { pathFilter } from "../../engine/listing/path-filter";

/** Why a sync leaves a path out: `depth`, it lies deeper than the sync goes; `elsewhere`, it does not lie in Folder. */
export type LeftOutReason = "include" | "exclude" | "depth" | "elsewhere";

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
 * The paths of a list: one a line, as `find . -type f` or `rclone lsf -R --files-only` print them. Empty lines and folders,
 * which end in a slash, are none.
 */
export function listedPaths(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "" && !line.endsWith("/"));
}

/** Holds paths against every sync of the definitions. */
export function holdAgainst(definitions: readonly ServerDefinition[], paths: readonly string[]): SyncAgainst[] {
  return definitions.flatMap(({ name, syncs }) => syncs.map(({ setting }) => syncAgainst(name, setting, paths)));
}

interface Glob {
  readonly glob: string;
  readonly takes: (path: string) => boolean;
}

function syncAgainst(server: string, { Name, RemoteFolders }: SyncSetting, paths: readonly string[]): SyncAgainst {
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
    } else {
      taken.push(path);
    }
  }
  const matchesOf = ({ glob, takes }: Glob) => ({ glob, matches: inFolder.filter(takes).length });
  return { server, sync: Name, taken, leftOut, include: include.map(matchesOf), exclude: exclude.map(matchesOf) };
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
