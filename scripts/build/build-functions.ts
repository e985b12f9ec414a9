import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { type ZipOptions, type Zippable, zipSync } from "fflate";
import { errorCode } from "../../config/error-code";
import { BuildError } from "./build-error";
import { type Bundle, bundle } from "./bundle";
import type { BundledPackage } from "./bundled-packages";
import { type OwnModes, ownModes } from "./own-place.mjs";

export interface BuildOptions {
  /** Folder that holds `functions/`. */
  readonly root: string;
  /** Where the zips go, in the place of whatever is there. */
  readonly outDir: string;
}

export interface BuiltZip {
  readonly name: string;
  /** Absolute path of the zip. */
  readonly zip: string;
  /** Size of the zip in bytes. */
  readonly bytes: number;
  /** Of the zip, in base64, as Lambda's `CodeSha256`. */
  readonly sha256: string;
  /** Every file that was read, by its path from the root. */
  readonly sources: readonly string[];
  /** Whose code is in it, by name and version. */
  readonly packages: readonly BundledPackage[];
}

/** What functions have in common: the clients of AWS, and the way Lambda calls a slice. No functions themselves. */
const COMMON: readonly string[] = ["aws", "runtime"];

/**
 * Zip files carry the local time of the machine: this is the same wall clock in every time zone, and the earliest day
 * that the format knows.
 */
const MODIFIED = new Date(1980, 0, 1, 12);

/**
 * Bundles and zips the functions: every folder `functions/ZIP` becomes one `ZIP.zip`. It has a module `FUNCTION.mjs` for each
 * `functions/ZIP/FUNCTION/handler.ts`, chunks of what they share, and `THIRD-PARTY-NOTICES`. Beside it is the folder `ZIP` with the
 * same and source maps. The same sources give the same bytes, whatever the machine, folder and time. All zips appear together or
 * none does, whoever else builds into the same folder.
 * @throws BuildError when there is nothing to build, a handler is missing, or a bundle cannot be made.
 */
export async function buildFunctions({ root, outDir }: BuildOptions): Promise<BuiltZip[]> {
  const zips = await functionsByZip(resolve(root));
  const bundles = await Promise.all([...zips].map(([name, functions]) => bundle(resolve(root), name, functions)));
  const built = bundles.map((one) => ({ ...one, zipped: zipped(one.files) }));
  const folder = resolve(outDir);
  const draft = `${folder}-${randomUUID()}`;
  try {
    const modes = ownModes(root);
    await Promise.all(built.map((one) => write(draft, modes, one)));
    await replace(folder, draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return built.map(({ name, zipped: zip, sources, packages }) => ({
    name,
    sources,
    packages,
    zip: join(folder, `${name}.zip`),
    bytes: zip.length,
    sha256: createHash("sha256").update(zip).digest("base64"),
  }));
}

/** @returns the functions' names by the names of their zips. */
async function functionsByZip(root: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const dir = join(root, "functions");
  const zips = (await foldersIn(dir)).filter((name) => !COMMON.includes(name));
  const functions = await Promise.all(zips.map(async (zip) => [zip, await foldersIn(join(dir, zip))] as const));
  if (functions.every(([, names]) => names.length === 0)) {
    throw new BuildError(`${dir}: no functions found (allowed: functions/ZIP/FUNCTION/handler.ts)`);
  }
  const missing = functions.flatMap(([zip, names]) =>
    names.length === 0
      ? [`functions/${zip}: no functions found (allowed: functions/${zip}/FUNCTION/handler.ts)`]
      : names
          .filter((name) => !existsSync(join(dir, zip, name, "handler.ts")))
          .map((name) => `functions/${zip}/${name}: handler.ts is missing`),
  );
  if (missing.length > 0) {
    throw new BuildError(missing.join("\n"));
  }
  return new Map(functions);
}

async function foldersIn(dir: string): Promise<string[]> {
  const entries = existsSync(dir) ? await readdir(dir, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

async function write(
  folder: string,
  modes: OwnModes,
  { name, zipped: zip, files, maps }: Bundle & { zipped: Uint8Array },
): Promise<void> {
  await mkdir(join(folder, name), { recursive: true, mode: modes.folder });
  await writeFile(join(folder, `${name}.zip`), zip, { mode: modes.file });
  for (const [file, contents] of [...files, ...maps]) {
    await writeFile(join(folder, name, file), contents, { mode: modes.file });
  }
}

/** Puts a folder in the place of another; once more, where a build beside this one was faster. */
async function replace(folder: string, draft: string): Promise<void> {
  const old = `${draft}-old`;
  await rename(folder, old).catch(except("ENOENT"));
  await rm(old, { recursive: true, force: true });
  try {
    await rename(draft, folder);
  } catch (error) {
    except("ENOTEMPTY", "EEXIST")(error);
    await replace(folder, draft);
  }
}

/** Lets errors with these codes pass, and throws any other. */
function except(...codes: readonly string[]): (error: unknown) => void {
  return (error) => {
    if (!codes.includes(errorCode(error) ?? "")) {
      throw error;
    }
  };
}

/** Deflated in JavaScript: zlib's bytes differ between versions of Node and between processors. */
function zipped(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const options: ZipOptions = { mtime: MODIFIED, os: 3, attrs: 0o100644 << 16, level: 9 };
  const entries: Zippable = {};
  for (const [name, contents] of files) {
    entries[name] = [contents, options];
  }
  return zipSync(entries);
}

async function main(): Promise<void> {
  const root = resolve(__dirname, "..", "..");
  for (const { zip: file, bytes, sha256 } of await buildFunctions({ root, outDir: join(root, "dist", "functions") })) {
    console.log(`${relative(root, file)}  ${(bytes / 1024).toFixed(0)} KiB  sha256 ${sha256}`);
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    const told = error instanceof BuildError || (error instanceof Error && errorCode(error) !== undefined);
    console.error(told ? error.message : error);
    process.exitCode = 1;
  });
}
