import { onOneLine } from "../../config/problems/received";

/** How one calls the command line. */
export const COMMAND = "npx sftp-sync";

/** Arguments as one would type them, on one line. */
export function shellWords(args: readonly string[]): string {
  return args.map(shellWord).join(" ");
}

function shellWord(arg: string): string {
  if (/^[\w@%+=:,./-]+$/.test(arg)) {
    return arg;
  }
  if (onOneLine(arg) === arg) {
    return `'${arg.replaceAll("'", "'\\''")}'`;
  }
  // As bash and zsh write what cannot be seen.
  return `$'${onOneLine(arg.replaceAll(/['\\]/g, "\\$&"), (digits) => `\\U${digits.padStart(8, "0")}`)}'`;
}
