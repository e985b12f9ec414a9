import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * What lies in a cache whose entries get the time of each use: what was used last is most likely to be current.
 * @param {string} folder need not be there.
 * @returns {string[]} the names in it, the one with the latest time first.
 */
export function lastUsedFirst(folder) {
  // Another process may remove one meanwhile.
  const timeOf = (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return namesIn(folder)
    .map((name) => ({ name, time: timeOf(name) }))
    .sort((a, b) => b.time - a.time)
    .map(({ name }) => name);
}

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
