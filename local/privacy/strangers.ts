import type { Stats } from "node:fs";
import { lstat, readlink, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, parse, resolve, sep } from "node:path";
import { printable } from "../../contract/printable";
import { isOwnGroup } from "./own-group";

/** Somebody who could put other things in the place of ours, and where. */
export interface Stranger {
  /** For a message: `/tmp/trial belongs to user 1001`. */
  readonly found: string;
  /** For a message: who may own, and write in, what lies on the way. */
  readonly allowed: string;
  /** The command that mends it, without the path; absent where only the owner can. */
  readonly remedy?: string;
}

/** Whoever may change this program's code needs no other way: what they may write, they may as well. */
const PROJECT = resolve(__dirname, "..", "..");

const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/** As the system counts them before it gives up. */
const MOST_LINKS = 40;

interface Trust {
  readonly uid: number;
  readonly owners: ReadonlySet<number>;
  readonly project: Pick<Stats, "mode" | "gid">;
  /** Without links. */
  readonly projectPath: string;
}

/**
 * Looks for somebody else who can replace a file or folder, or one on the way to it, the links that lead there included. Trusted are
 * this user, the owner of `/`, and whoever can change this project's code. In a folder with the sticky bit, such as /tmp, each may
 * replace only what is their own. On Windows, which has no such owners and modes, nobody is found.
 * @param path as far as it is there, it is looked at.
 */
export async function strangerAt(path: string): Promise<Stranger | undefined> {
  const uid = process.getuid?.();
  if (uid === undefined) {
    return undefined;
  }
  const trust = await trustOf(uid);
  const absolute = resolve(path);
  let folder = parse(absolute).root;
  const left = segments(absolute);
  let links = 0;
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    if (name === "..") {
      folder = dirname(folder); // Of a link's target: the folder has none in it.
      continue;
    }
    const place = join(folder, name);
    const found = await lstat(place).catch(() => undefined);
    if (found === undefined || links > MOST_LINKS) {
      return undefined; // Not there, or not to be used.
    }
    const stranger = await strangerIn(place, found, left.length === 0, trust);
    if (stranger !== undefined) {
      return stranger;
    }
    if (found.isSymbolicLink()) {
      const target = await readlink(place);
      left.unshift(...segments(target));
      folder = isAbsolute(target) ? parse(target).root : folder;
      links += 1;
    } else {
      folder = place;
    }
  }
  return undefined;
}

const segments = (path: string) => path.split(sep).filter((name) => name !== "" && name !== ".");

async function trustOf(uid: number): Promise<Trust> {
  const [root, project, projectPath] = await Promise.all([stat("/"), stat(PROJECT), realpath(PROJECT)]);
  // Where the system shows other owners than there are, as in a container without them, "/" tells whom root has become.
  return { uid, owners: new Set([uid, root.uid, project.uid]), project, projectPath };
}

async function strangerIn(place: string, found: Stats, isEnd: boolean, trust: Trust): Promise<Stranger | undefined> {
  const { uid, owners, projectPath } = trust;
  if (projectPath === place || projectPath.startsWith(place + sep)) {
    return undefined;
  }
  const allowed = `allowed: you, who are user ${uid}; root; the owner of this project`;
  if (!owners.has(found.uid)) {
    return { found: `${printable(place)} belongs to user ${found.uid}`, allowed };
  }
  if (found.isSymbolicLink() || (!isEnd && (found.mode & STICKY) !== 0)) {
    return undefined;
  }
  const writers = await strangersAmong(found, trust.project);
  if (writers === undefined) {
    return undefined;
  }
  const mode = (found.mode & 0o7777).toString(8).padStart(4, "0");
  return {
    found: `${writers.who} may write in ${printable(place)} (mode ${mode})`,
    allowed,
    ...(found.uid === uid ? { remedy: writers.remedy } : {}),
  };
}

async function strangersAmong(
  { mode, gid }: Stats,
  project: Trust["project"],
): Promise<{ who: string; remedy: string } | undefined> {
  if ((mode & OTHERS_WRITE) !== 0 && (project.mode & OTHERS_WRITE) === 0) {
    return { who: "everybody", remedy: "chmod go-w" };
  }
  const isProjects = (project.mode & GROUP_WRITES) !== 0 && project.gid === gid;
  return (mode & GROUP_WRITES) === 0 || isProjects || (await isOwnGroup(gid))
    ? undefined
    : { who: `group ${gid}`, remedy: "chmod g-w" };
}
