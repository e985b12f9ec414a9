import { existsSync } from "node:fs";
import { join } from "node:path";
import { withPrivateFolder } from "../../local/privacy/private-folder";
import { buildFunctions } from "../build/build-functions";
import { idOf } from "../build/bundled-packages";

/**
 * Which zips each package is bundled into, by `name@version`: what the build finds in the bundles.
 * @throws BuildError where the functions cannot be built. @throws StorageFailure where there is no folder to build them in.
 */
export async function bundledInto(project: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const zipsOf = new Map<string, string[]>();
  if (!existsSync(join(project, "functions"))) {
    return zipsOf;
  }
  return withPrivateFolder(async (folder) => {
    for (const { name, packages } of await buildFunctions({ root: project, outDir: join(folder, "functions") })) {
      for (const id of packages.map(idOf)) {
        zipsOf.set(id, [...(zipsOf.get(id) ?? []), name]);
      }
    }
    return zipsOf;
  });
}
