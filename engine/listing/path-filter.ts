import { fileGlob, wholeFolder } from "./glob";
import { globMatcher } from "./glob-matcher";
import { canHold } from "./include-prefix";

export interface PathFilter {
  /** Whether a file, by its path relative to the sync's folder, is wanted. */
  file(relativePath: string): boolean;
  /** Whether anything below a folder can be wanted; where in doubt, it can. */
  folder(relativePath: string): boolean;
}

/** Include (empty: everything), less Exclude. Dot files match like any other. */
export function pathFilter(include: readonly string[], exclude: readonly string[]): PathFilter {
  const included = include.length === 0 ? () => true : globMatcher(include.map(fileGlob));
  const includedBelow = include.length === 0 ? () => true : canHold(include);
  const excluded = exclude.length === 0 ? () => false : globMatcher(exclude.map(fileGlob));
  const subtrees = exclude.flatMap((glob) => wholeFolder(glob) ?? []);
  const excludedFolder = subtrees.length === 0 ? () => false : globMatcher(subtrees);
  return {
    file: (path) => included(path) && !excluded(path),
    folder: (path) => includedBelow(path.split("/")) && !excludedFolder(path),
  };
}
