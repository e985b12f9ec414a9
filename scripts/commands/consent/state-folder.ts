import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, sep } from "node:path";

/** The machine, or whatever stands in its place. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** The user's own folder. Throws where the system knows none. */
  homedir(): string;
}

const THIS_MACHINE: Machine = { platform: process.platform, env: process.env, homedir };

/**
 * Where the commands keep for this user what is to outlast them, and is nobody else's: where the system keeps such things, never in
 * the project. It need not be there yet.
 * @param project its folder, without links.
 * @returns undefined where there is no place of the user's own.
 */
export async function stateFolder(project: string, machine: Machine = THIS_MACHINE): Promise<string | undefined> {
  const parent = stateHome(machine);
  if (parent === undefined || !isAbsolute(parent)) {
    return undefined;
  }
  const folder = join(parent, "sftp-sync");
  return `${await real(folder)}${sep}`.startsWith(`${project}${sep}`) ? undefined : folder;
}

function stateHome({ platform, env, homedir: home }: Machine): string | undefined {
  try {
    switch (platform) {
      case "win32":
        return env.LOCALAPPDATA || join(home(), "AppData", "Local");
      default: {
        // The XDG Base Directory Specification: a relative path is to be ignored.
        const { XDG_STATE_HOME = "" } = env;
        const usual = platform === "darwin" ? ["Library", "Application Support"] : [".local", "state"];
        return isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(home(), ...usual);
      }
    }
  } catch {
    return undefined; // A user without an entry in /etc/passwd, as in some containers.
  }
}

/** Without links, as far as it is there. */
async function real(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await real(parent), path.slice(parent.length));
  }
}
