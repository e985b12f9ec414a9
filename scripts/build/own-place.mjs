import { lstatSync, statSync } from "node:fs";
import { dirname, relative } from "node:path";

const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;

/**
 * Whether nobody can change what lies there but who can change the project's folder itself: a place among a project's built files is
 * code that runs. Links on the way are refused, since a branch can bring one that leads to where others write.
 * @param {string} root the project's folder.
 * @param {string} path below it; what is not there is fine.
 * @returns {boolean} true on Windows, which has no such owners and modes.
 * @throws what the system says, where it does not let one look.
 */
export function isOwnPlace(root, path) {
  const uid = process.getuid?.();
  if (uid === undefined) {
    return true;
  }
  const project = statSync(root);
  // Where the system shows other owners than there are, "/" tells whom root has become.
  const owners = [uid, project.uid, statSync("/").uid];
  for (let place = path; relative(root, place) !== ""; place = dirname(place)) {
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found === undefined) {
      continue;
    }
    const isTeams = (project.mode & GROUP_WRITES) !== 0 && found.gid === project.gid;
    const forbidden = (isTeams ? 0 : GROUP_WRITES) | (OTHERS_WRITE & ~project.mode);
    if (found.isSymbolicLink() || (found.mode & forbidden) !== 0 || !(isTeams || owners.includes(found.uid))) {
      return false;
    }
  }
  return true;
}

/**
 * Of what is made in a place that has to stay {@link isOwnPlace}, whatever the umask is.
 * @param {string} root the project's folder.
 * @returns {{ folder: number, file: number }} nobody may more than in the project's folder.
 */
export function ownModes(root) {
  const { mode } = statSync(root);
  return { folder: mode & 0o777, file: mode & 0o666 };
}

/**
 * From now on this process, and what it starts, makes nothing in which more people may write than in the project's folder: what
 * commands keep there says which code runs, and what is deployed.
 * @param {string} root the project's folder.
 */
export function keepToProjectModes(root) {
  const { mode } = statSync(root);
  process.umask(process.umask() | ((GROUP_WRITES | OTHERS_WRITE) & ~mode));
}
