import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SyncSetting } from "../../../contract/sync-setting";
import { isFollowed } from "../../../engine/listing/folder-listing";
import { parseListing } from "../../../engine/listing/listing-file";
import { pathFilter } from "../../../engine/listing/path-filter";
import { relativePath } from "../../../engine/listing/remote-path";
import { syncAgainst } from "../against";

const MAX_EXAMPLES = 3;

/** What the globs of a sync made of the files that were listed. */
export interface GlobEffects {
  /** Files in the listings, and those that the globs and the names let through. */
  readonly files: number;
  readonly taken: number;
  readonly include: readonly { readonly glob: string; readonly takes: number }[];
  /** `leavesOut`: files that it alone, or beside other globs, keeps out. */
  readonly exclude: readonly {
    readonly glob: string;
    readonly leavesOut: number;
    readonly examples: readonly string[];
  }[];
  /** Files that no glob of Include takes. */
  readonly notIncluded: { readonly count: number; readonly examples: readonly string[] };
}

/** Folders that were listed, though no file in them or below is taken, and some file is there. */
export interface ListedForNothing {
  readonly count: number;
  /** The first of the topmost. */
  readonly examples: readonly string[];
}

export interface ListedTree {
  readonly globs: GlobEffects;
  readonly listedForNothing: ListedForNothing;
}

interface FolderFigures {
  files: number;
  taken: number;
}

/**
 * Reads a run's listings, one after the other.
 * @param folder where the run keeps its objects.
 * @param setting the sync's, with date tags resolved in its Folder.
 */
export async function readListedTree(folder: string, server: string, setting: SyncSetting): Promise<ListedTree> {
  const { Include, Exclude, Folder } = setting.RemoteFolders;
  const taken = new Map(Include.map((glob) => [glob, 0]));
  const leftOut = new Map(Exclude.map((glob) => [glob, { count: 0, examples: [] as string[] }]));
  const notIncluded = { count: 0, examples: [] as string[] };
  const folders = new Map<string, FolderFigures>([[Folder, { files: 0, taken: 0 }]]);
  const filter = pathFilter(Include, Exclude);
  let [files, through] = [0, 0];
  for await (const listing of listingsIn(folder)) {
    const paths = listing.files.map(({ path }) => path);
    const found = syncAgainst(server, setting, paths);
    files += paths.length;
    through += found.taken.length;
    for (const { glob, matches } of found.include) {
      taken.set(glob, (taken.get(glob) ?? 0) + matches);
    }
    for (const { path, reason, globs = [] } of found.leftOut) {
      if (reason === "include") {
        note(notIncluded, path);
      }
      for (const glob of reason === "exclude" ? globs : []) {
        const known = leftOut.get(glob);
        if (known !== undefined) {
          note(known, path);
        }
      }
    }
    for (const path of listing.folders) {
      folders.set(path, folders.get(path) ?? { files: 0, taken: 0 });
    }
    for (const path of paths) {
      const figures = folders.get(parentOf(path)) ?? { files: 0, taken: 0 };
      figures.files += 1;
      figures.taken += filter.file(relativePath(Folder, path)) ? 1 : 0;
      folders.set(parentOf(path), figures);
    }
  }
  return {
    globs: {
      files,
      taken: through,
      include: [...taken].map(([glob, takes]) => ({ glob, takes })),
      exclude: [...leftOut].map(([glob, { count, examples }]) => ({ glob, leavesOut: count, examples })),
      notIncluded,
    },
    listedForNothing: listedForNothing(folders, setting),
  };
}

function note(noted: { count: number; examples: string[] }, path: string): void {
  noted.count += 1;
  if (noted.examples.length < MAX_EXAMPLES) {
    noted.examples.push(path);
  }
}

/** Of folders by their paths. */
function listedForNothing(folders: ReadonlyMap<string, FolderFigures>, setting: SyncSetting): ListedForNothing {
  const { Folder, Include, Exclude } = setting.RemoteFolders;
  const filter = pathFilter(Include, Exclude);
  const below = new Map<string, FolderFigures>();
  for (const [path, { files, taken }] of folders) {
    for (let folder = path; isIn(folder, Folder); folder = parentOf(folder)) {
      const sum = below.get(folder) ?? { files: 0, taken: 0 };
      below.set(folder, { files: sum.files + files, taken: sum.taken + taken });
      if (folder === Folder) {
        break;
      }
    }
  }
  const isForNothing = (path: string) => {
    const { files, taken } = below.get(path) ?? { files: 0, taken: 0 };
    return files > 0 && taken === 0;
  };
  const depthOf = (path: string) => (path === Folder ? 0 : relativePath(Folder, path).split("/").length);
  const isListed = (path: string) =>
    path === Folder || (isFollowed(setting, depthOf(path) - 1) && filter.folder(relativePath(Folder, path)));
  const all = new Set([...folders.keys()].filter((path) => isListed(path) && isForNothing(path)).sort());
  const topmost = [...all].filter((path) => path === Folder || !all.has(parentOf(path)));
  return { count: all.size, examples: topmost.slice(0, MAX_EXAMPLES) };
}

const isIn = (path: string, folder: string): boolean =>
  path === folder || folder === "/" || path.startsWith(`${folder}/`);

/** `/` for what lies at the top. */
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";

async function* listingsIn(folder: string) {
  const names = await readdir(join(folder, "listings"), { recursive: true }).catch(() => []); // None was written.
  for (const name of names.filter((one) => one.endsWith(".json")).sort()) {
    try {
      yield parseListing(await readFile(join(folder, "listings", name), "utf8"));
    } catch {
      // The run has told of it: its folder has failed.
    }
  }
}
