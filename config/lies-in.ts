import { realpath } from "node:fs/promises";
import { sep } from "node:path";

/**
 * Whether a path stays in a folder, with all links on its way followed: what lies elsewhere is in no review, and others may change
 * it. Of what is not there that is left to whoever reads it.
 */
export async function liesIn(path: string, folder: string): Promise<boolean> {
  const [target, root] = await Promise.all([path, folder].map((one) => realpath(one).catch(() => undefined)));
  return target === undefined || root === undefined || target.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}
