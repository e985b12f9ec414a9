import picomatch from "picomatch";
import { fileGlob, wholeFolder } from "./glob";
import { canHold } from "./include-prefix";

export interface PathFilter {
  /** Whether a file, by its path relative to the sync's folder, is wanted. */
  file(relativePath: string): boolean;
  /** Whether anything below a folder can be wanted; where in doubt, it can. */
  folder(relativePath: string): boolean;
}

const OPTIONS = { dot: true } as const;

/** Include (empty: everything), less Exclude. Dot files match like any other. */
export function pathFilter(include: readonly string[], exclude: readonly string[]): PathFilter {
  const included = include.length === 0 ? () => true : picomatch(include.map(fileGlob), OPTIONS);
  const includedBelow = include.length === 0 ? () => true : canHold(include);
  const excluded = exclude.length === 0 ? () => false : picomatch(exclude.map(fileGlob), OPTIONS);
  const subtrees = exclude.flatMap((glob) => wholeFolder(glob) ?? []);
  const excludedFolder = subtrees.length === 0 ? () => false : picomatch(subtrees, OPTIONS);
  return {
    file: (path) => included(path) && !excluded(path),
    folder: (path) => includedBelow(path.split("/")) && !excludedFolder(path),
  };
}
