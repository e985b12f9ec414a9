import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFunctions } from "../build/build-functions";
import { idOf } from "../build/bundled-packages";

/**
 * Which functions each package is bundled into, by `name@version`: what the build finds in the bundles.
 * @throws BuildError where the functions cannot be built.
 */
export async function bundledInto(project: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const functionsOf = new Map<string, string[]>();
  if (!existsSync(join(project, "functions"))) {
    return functionsOf;
  }
  const folder = await mkdtemp(join(tmpdir(), "sftp-sync-"));
  try {
    for (const { name, packages } of await buildFunctions({ root: project, outDir: join(folder, "functions") })) {
      for (const id of packages.map(idOf)) {
        functionsOf.set(id, [...(functionsOf.get(id) ?? []), name]);
      }
    }
    return functionsOf;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
