/**
 * The name of a direct child of `folder`, or `undefined` where the path is the folder itself, lies elsewhere, or hides
 * a segment that means another place. That a child is always one level longer is what ends every walk.
 */
export function childName(folder: string, path: string): string | undefined {
  const name = partBelow(folder, path)?.replace(/\/$/, "");
  return name === undefined || ["", ".", ".."].includes(name) || name.includes("/") ? undefined : name;
}

/** Whether a path is that of `folder` or begins with it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || partBelow(folder, path) !== undefined;
}

/** Who joins the root and a name by a slash writes `//name`. */
function partBelow(folder: string, path: string): string | undefined {
  const [prefix] = folder === "/" ? (/^\/+/.exec(path) ?? []) : [`${folder}/`];
  return prefix !== undefined && path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
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
