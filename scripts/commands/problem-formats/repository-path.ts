import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { ROOT } from "../paths";

/** The folder of the repository in which the project lies, or the project where it is in none. */
function repositoryRoot(): string {
  for (let folder = ROOT; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) {
      return folder;
    }
    if (folder === dirname(folder)) {
      return ROOT;
    }
  }
}

/** A file as its repository names it, with slashes; one outside of it by its absolute path. */
export function repositoryPath(file: string): string {
  const path = relative(repositoryRoot(), resolve(file));
  const isOutside = path === "" || path.startsWith("..") || isAbsolute(path);
  return (isOutside ? resolve(file) : path).split(sep).join("/");
}
