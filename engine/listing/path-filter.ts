import picomatch from "picomatch";
import { canHold } from "./include-prefix";

export interface PathFilter {
  /** Whether a file, by its path relative to the sync's folder, is wanted. */
  file(relativePath: string): boolean;
  /** Whether anything below a folder can be wanted; where in doubt, it can. */
  folder(relativePath: string): boolean;
}

const OPTIONS = { dot: true } as const;
const EVERYTHING_BELOW = "/**";

/** Include (empty: everything), less Exclude. Dot files match like any other. */
export function pathFilter(include: readonly string[], exclude: readonly string[]): PathFilter {
  const included = include.length === 0 ? () => true : picomatch([...include], OPTIONS);
  const includedBelow = include.length === 0 ? () => true : canHold(include);
  const excluded = exclude.length === 0 ? () => false : picomatch([...exclude], OPTIONS);
  const subtrees = exclude
    .filter((glob) => glob.endsWith(EVERYTHING_BELOW))
    .map((glob) => glob.slice(0, -EVERYTHING_BELOW.length));
  const excludedFolder = subtrees.length === 0 ? () => false : picomatch(subtrees, OPTIONS);
  return {
    file: (path) => included(path) && !excluded(path),
    folder: (path) => includedBelow(path.split("/")) && !excludedFolder(path),
  };
}
