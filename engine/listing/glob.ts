/** A class that is negated as in a shell, and what is escaped before it. */
const SHELL_NEGATION = /(\\.)|\[!/gs;

const EVERYTHING_BELOW = "/**";

/**
 * A glob as the library reads it. In a shell `[!a]` is any character but a; the library takes the exclamation mark for one of
 * the class, and negates by `[^a]` alone.
 */
export function libraryGlob(glob: string): string {
  return glob.replaceAll(SHELL_NEGATION, (_, escaped: string | undefined) => escaped ?? "[^");
}

/** The same for the paths of files: `tmp/**` is what lies below the folder, and no file named tmp, as the library has it. */
export function fileGlob(glob: string): string {
  return libraryGlob(glob) + (glob.endsWith(EVERYTHING_BELOW) ? "/*" : "");
}

/** The folder of which a glob names everything below, if it does. */
export function wholeFolder(glob: string): string | undefined {
  return glob.endsWith(EVERYTHING_BELOW) ? libraryGlob(glob.slice(0, -EVERYTHING_BELOW.length)) : undefined;
}
