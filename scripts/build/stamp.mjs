import { statSync } from "node:fs";

/**
 * Which file it is, and when it was last changed. Nobody can give a changed file the times that it had, nor know those of a file
 * that is still to be checked out.
 * @param {string} file its path.
 * @returns {string} the same for as long as nobody touches the file.
 * @throws what the system says, where there is none.
 */
export function stamp(file) {
  const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
  return `${ino}:${size}:${mtimeNs}:${ctimeNs}`;
}
