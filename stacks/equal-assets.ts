import { existsSync, linkSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Leaves one copy on disk of the assets that many stacks have, such as the functions' zips: the others become links to the same
 * bytes. Each stack still has its own files, and can be copied or uploaded alone. Where the file system has no links, copies stay.
 * @param outdir where the stacks were synthesized.
 */
export function linkEqualAssets(outdir: string): void {
  const first = new Map<string, string>();
  for (const file of assets(join(outdir, "stacks"))) {
    const known = first.get(file.bytes);
    if (known === undefined) {
      first.set(file.bytes, file.path);
    } else if (!link(known, file.path)) {
      return;
    }
  }
}

/** By stacks/STACK/assets/RESOURCE/HASH/FILE. The hash is of what the file holds. */
function* assets(stacks: string): Generator<{ readonly path: string; readonly bytes: string }> {
  for (const stack of below(stacks)) {
    for (const resource of below(join(stack, "assets"))) {
      for (const version of below(resource)) {
        for (const path of below(version)) {
          yield { path, bytes: path.slice(resource.length) };
        }
      }
    }
  }
}

function below(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** Puts a link in a file's place in one step. @returns false where there can be none. */
function link(to: string, path: string): boolean {
  const draft = `${path}.link`;
  try {
    linkSync(to, draft);
    renameSync(draft, path);
    return true;
  } catch {
    return false;
  } finally {
    // It is still there where the link failed half-way, or where the file was that very link: renaming does nothing then.
    rmSync(draft, { force: true });
  }
}
