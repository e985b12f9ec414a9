import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { type BuildFailure, build, type Metafile } from "esbuild";
import { type ZipOptions, type Zippable, zipSync } from "fflate";
import { errorCode } from "../../config/error-code";
import { type BundledPackage, bundledPackages } from "./bundled-packages";
import { thirdPartyNotices } from "./third-party-notices";

export interface BuildOptions {
  /** Folder that holds `functions/`. */
  readonly root: string;
  /** Where the zips go, in the place of whatever is there. */
  readonly outDir: string;
}

export interface BuiltFunction {
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

/** The sources cannot be built; the message says where and why. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** What functions have in common: the clients of AWS, and the way Lambda calls a slice. No functions themselves. */
const SHARED: readonly string[] = ["aws", "runtime"];

/**
 * Zip files carry the local time of the machine: this is the same wall clock in every time zone, and the earliest day
 * that the format knows.
 */
const MODIFIED = new Date(1980, 0, 1, 12);

/** Packages in CommonJS call `require`, which an ES module does not have. */
const BANNER = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/**
 * Bundles and zips every `functions/NAME/handler.ts`: `NAME.zip` with `index.mjs` and `THIRD-PARTY-NOTICES`, and beside it the
 * folder `NAME` with both and the source map. The same sources give the same bytes, whatever the machine, folder and time.
 * All of them appear together or none does, whoever else builds into the same folder.
 * @throws BuildError when there is nothing to build, a handler is missing, or a bundle cannot be made.
 */
export async function buildFunctions({ root, outDir }: BuildOptions): Promise<BuiltFunction[]> {
  const names = await functionNames(resolve(root));
  const bundles = await Promise.all(names.map((name) => bundle(resolve(root), name)));
  const folder = resolve(outDir);
  const draft = `${folder}-${randomUUID()}`;
  try {
    await Promise.all(bundles.map((files) => write(draft, files)));
    await replace(folder, draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return bundles.map(({ name, zip, sources, packages }) => ({
    name,
    sources,
    packages,
    zip: join(folder, `${name}.zip`),
    bytes: zip.length,
    sha256: createHash("sha256").update(zip).digest("base64"),
  }));
}

async function functionNames(root: string): Promise<string[]> {
  const dir = join(root, "functions");
  const entries = existsSync(dir) ? await readdir(dir, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory() && !SHARED.includes(entry.name)).map(({ name }) => name);
  if (names.length === 0) {
    throw new BuildError(`${dir}: no functions found (allowed: functions/NAME/handler.ts)`);
  }
  const missing = names.filter((name) => !existsSync(join(dir, name, "handler.ts")));
  if (missing.length > 0) {
    throw new BuildError(missing.map((name) => `functions/${name}: handler.ts is missing`).join("\n"));
  }
  return names.sort();
}

interface Bundle {
  readonly name: string;
  readonly zip: Uint8Array;
  readonly sources: readonly string[];
  readonly packages: readonly BundledPackage[];
  /** The code, its source map and its notices, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const CODE = "index.mjs";
const NOTICES = "THIRD-PARTY-NOTICES";

/** What a zip holds. */
const ZIPPED: readonly string[] = [CODE, NOTICES];

async function bundle(root: string, name: string): Promise<Bundle> {
  try {
    const { outputFiles, metafile } = await build({
      // Paths in the output are relative to the root, so that its own path leaves no trace.
      absWorkingDir: root,
      entryPoints: [`functions/${name}/handler.ts`],
      outfile: `dist/functions/${name}/${CODE}`,
      write: false,
      metafile: true,
      bundle: true,
      platform: "node",
      target: "node22",
      format: "esm",
      mainFields: ["module", "main"],
      tsconfigRaw: {},
      minify: true,
      // Step Functions matches on names of errors.
      keepNames: true,
      sourcemap: "linked",
      legalComments: "none",
      banner: { js: BANNER },
      logLevel: "silent",
    });
    const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
    // What a package leaves out for a platform has a name, and no file.
    const inputs = Object.keys(metafile.inputs).filter((path) => !path.startsWith("(disabled)"));
    const packages = await bundledPackages(root, inOutput(metafile));
    files.set(NOTICES, new TextEncoder().encode(thirdPartyNotices(CODE, packages)));
    const sources = [...inputs, ...packages.flatMap((one) => one.sources)];
    return { name, zip: zipped(files), sources, packages, files };
  } catch (error) {
    throw new BuildError(`functions/${name} cannot be bundled:\n${failures(error)}`, { cause: error });
  }
}

/** The files of which something is left in what was written: much of what is read is not used. */
function inOutput({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

function failures(error: unknown): string {
  if (!isBuildFailure(error)) {
    return String(error);
  }
  return error.errors
    .map(
      ({ text, location }) => `${location ? `${location.file}:${location.line}:${location.column + 1}: ` : ""}${text}`,
    )
    .join("\n");
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

async function write(folder: string, { name, zip, files }: Bundle): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, `${name}.zip`), zip);
  for (const [file, contents] of files) {
    await writeFile(join(folder, name, file), contents);
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
  for (const name of ZIPPED) {
    entries[name] = [files.get(name) ?? new Uint8Array(), options];
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
