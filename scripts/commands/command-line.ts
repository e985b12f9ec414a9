/** How one calls the command line. */
export const COMMAND = "npx sftp-sync";

/** Arguments as one would type them. */
export function shellWords(args: readonly string[]): string {
  return args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)).join(" ");
}
