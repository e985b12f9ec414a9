import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json declares it, an SPDX expression as a rule; undefined where it declares none. */
  readonly licence: string | undefined;
  /** Of each file in its folder that states a licence or a notice, sorted by the files' names. */
  readonly texts: readonly string[];
  /** What was read to know all this, by its path from the root. */
  readonly sources: readonly string[];
}

const licenceSchema = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: licenceSchema.optional(),
  /** How packages before 2014 wrote it: any of these. */
  licenses: z.array(licenceSchema).optional(),
});

/** The folder of the package that a file belongs to: the innermost, since packages may lie in others. */
const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

const LICENCE_FILE = /^(licen[cs]e|copying|notice|copyright)([.-].*)?$/i;

/**
 * The packages whose code is in a bundle.
 * @param files that went into it, by their paths from the root, with slashes.
 * @returns each of them once, by name and version; none for files of the project.
 * @throws Error where a package's own description cannot be read.
 */
export async function bundledPackages(root: string, files: readonly string[]): Promise<BundledPackage[]> {
  const folders = new Set(files.flatMap((file) => PACKAGE_FOLDER.exec(file)?.[0] ?? []));
  const packages = await Promise.all([...folders].map((folder) => packageIn(root, folder)));
  return packages.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/** How npm writes a package: `name@version`. */
export const idOf = ({ name, version }: Pick<BundledPackage, "name" | "version">): string => `${name}@${version}`;

async function packageIn(root: string, folder: string): Promise<BundledPackage> {
  const description = `${folder}/package.json`;
  const json: unknown = JSON.parse(await readFile(join(root, description), "utf8"));
  const { name, version, license, licenses } = packageSchema.parse(json);
  const names = (await readdir(join(root, folder))).filter((entry) => LICENCE_FILE.test(entry)).sort();
  const files = names.map((entry) => `${folder}/${entry}`);
  return {
    name,
    version,
    licence: license ?? (licenses && licenses.length > 0 ? `(${licenses.join(" OR ")})` : undefined),
    texts: await Promise.all(files.map((file) => readFile(join(root, file), "utf8"))),
    sources: [description, ...files],
  };
}
