/** Globs, and what they mean said a second time: by plain functions of the path below the sync's folder. */
interface Meaning {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  wantsFile(path: string): boolean;
  /** Whether the run need not look into a folder. */
  skipsFolder(path: string): boolean;
}

const EVERYTHING: Meaning = { include: [], exclude: [], wantsFile: () => true, skipsFolder: () => false };

/** `x/**` is what lies below `x`; of folders, `x` as well. */
const isBelow = (folder: string, path: string) => path.startsWith(`${folder}/`);
const isIn = (folder: string, path: string) => path === folder || isBelow(folder, path);
const isText = (path: string) => path.endsWith(".txt");

export const FILTERS = {
  everything: EVERYTHING,
  noText: { ...EVERYTHING, exclude: ["**/*.txt"], wantsFile: (path) => !isText(path) },
  onlyText: { ...EVERYTHING, include: ["**/*.txt"], wantsFile: isText },
  noSub: {
    ...EVERYTHING,
    exclude: ["sub/**"],
    wantsFile: (path) => !isBelow("sub", path),
    skipsFolder: (path) => isIn("sub", path),
  },
  onlySubButText: {
    ...EVERYTHING,
    include: ["sub/**", "a/**"],
    exclude: ["**/*.txt"],
    wantsFile: (path) => (isBelow("sub", path) || isBelow("a", path)) && !isText(path),
    skipsFolder: (path) => !isIn("sub", path) && !isIn("a", path),
  },
} satisfies Record<string, Meaning>;

export type Filter = keyof typeof FILTERS;
