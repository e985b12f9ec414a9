import type { Stats } from "node:fs";
import type { Attributes } from "ssh2";

export const attributes = (stats: Stats): Attributes => ({
  mode: stats.mode,
  uid: stats.uid,
  gid: stats.gid,
  size: stats.size,
  atime: Math.floor(stats.atimeMs / 1000),
  mtime: Math.floor(stats.mtimeMs / 1000),
});

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function typeLetter(stats: Stats): string {
  if (stats.isDirectory()) {
    return "d";
  }
  return stats.isSymbolicLink() ? "l" : "-";
}

/** A line as `ls -l` prints it, which SFTP servers give with every entry. */
export function longName(name: string, stats: Stats): string {
  const permissions = [..."rwxrwxrwx"].map((letter, i) => (stats.mode & (0o400 >> i) ? letter : "-")).join("");
  const time = stats.mtime;
  const date = `${MONTHS[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)} ${time.getUTCFullYear()}`;
  const owner = `${stats.nlink} ${stats.uid} ${stats.gid}`;
  return `${typeLetter(stats)}${permissions} ${owner} ${String(stats.size).padStart(12)} ${date} ${name}`;
}
