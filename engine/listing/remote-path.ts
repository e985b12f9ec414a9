/** What a path in a listing of a folder means. */
export type Place =
  /** That a child is always one level longer is what ends every walk. */
  | { readonly kind: "child"; readonly name: string }
  | { readonly kind: "itself" }
  /** `.` or `..` in the folder: nothing to follow, though the listing is of this folder. */
  | { readonly kind: "dots" }
  | { readonly kind: "elsewhere" };

/**
 * Reads the paths of one listing. They may be absolute, absolute but for the first slash, or relative to the folder: the
 * API reference speaks of "the complete path ... relative to the directory of the listing request". A path without the
 * first slash is absolute where it begins with the folder's own path: in `/data`, `data/x` is `/data/x`. The folder's own
 * path alone may be a child of the same name; there the listing's other paths tell.
 */
export function placeIn(folder: string, paths: readonly string[]): (path: string) => Place {
  const own = folder.slice(1);
  const ownWithSlash = `${own}/`;
  const folderWithSlash = `/${ownWithSlash}`;
  const isOmittingSlash =
    own.includes("/") || paths.some((path) => path.startsWith(ownWithSlash) && path.length > ownWithSlash.length);
  return (path) => {
    if (own !== "" && path.startsWith(folderWithSlash)) {
      return placeOf(path.slice(folderWithSlash.length));
    }
    if (path.startsWith("/")) {
      return placeOf(partBelow(folder, path));
    }
    if (own !== "" && (path === own || path.startsWith(ownWithSlash))) {
      const below = path.slice(own.length);
      return isOmittingSlash ? placeOf(below.slice(1)) : placeOf(path);
    }
    return placeOf(path.startsWith("./") ? path.slice(2) : path);
  };
}

const ONLY_SLASHES = /^\/*$/;

/** @param below `undefined`: not in the folder. */
function placeOf(below: string | undefined): Place {
  if (below === undefined) {
    return { kind: "elsewhere" };
  }
  if (ONLY_SLASHES.test(below)) {
    return { kind: "itself" };
  }
  const name = below.endsWith("/") ? below.slice(0, -1) : below;
  if (name === "." || name === "..") {
    return { kind: "dots" };
  }
  return name.includes("/") ? { kind: "elsewhere" } : { kind: "child", name };
}

/** Of a path that does not begin with the folder and a slash. Who joins the root and a name by a slash writes `//name`. */
function partBelow(folder: string, path: string): string | undefined {
  if (path === folder) {
    return "";
  }
  return folder === "/" ? path.replace(/^\/+/, "") : undefined;
}

/** The path relative to the sync's folder, on which globs match. */
export function relativePath(root: string, path: string): string {
  return root === "/" ? path.slice(1) : path.slice(root.length + 1);
}

/** Replaces `%year%`, `%month%` and `%day%` by the UTC date. */
export function resolveDateTags(folder: string, at: Date): string {
  const [year = "", month = "", day = ""] = at.toISOString().slice(0, 10).split("-");
  return folder.replaceAll("%year%", year).replaceAll("%month%", month).replaceAll("%day%", day);
}
