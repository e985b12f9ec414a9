import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { type BuildFailure, build } from "esbuild";
import { zipSync } from "fflate";

export interface BuildOptions {
  /** Folder that holds `functions/`. */
  readonly root: string;
  /** Where the zips go; emptied first. */
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
}

/** The sources cannot be built; the message says where and why. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** The code that functions share, itself no function. */
const SHARED = "shared";

/**
 * Zip files carry the local time of the machine: this is the same wall clock in every time zone, and the earliest day
 * that the format knows.
 */
const MODIFIED = new Date(1980, 0, 1, 12);

/** Packages in CommonJS call `require`, which an ES module does not have. */
const BANNER = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/**
 * Bundles and zips every `functions/NAME/handler.ts`: `NAME.zip` with `index.mjs` alone, and beside it the folder `NAME`
 * with the bundle and its source map. The same sources give the same bytes, whatever the machine, folder and time.
 * Nothing is written before everything could be bundled.
 * @throws BuildError when there is nothing to build, a handler is missing, or a bundle cannot be made.
 */
export async function buildFunctions({ root, outDir }: BuildOptions): Promise<BuiltFunction[]> {
  const names = await functionNames(resolve(root));
  const bundles = await Promise.all(names.map((name) => bundle(resolve(root), name)));
  await rm(outDir, { recursive: true, force: true });
  return Promise.all(bundles.map((files) => write(resolve(outDir), files)));
}

async function functionNames(root: string): Promise<string[]> {
  const dir = join(root, "functions");
  const entries = existsSync(dir) ? await readdir(dir, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory() && entry.name !== SHARED).map(({ name }) => name);
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
  readonly code: Uint8Array;
  /** All files by name: the code, its source map, the licences of what it contains. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const CODE = "index.mjs";

async function bundle(root: string, name: string): Promise<Bundle> {
  try {
    const { outputFiles } = await build({
      // Paths in the output are relative to the root, so that its own path leaves no trace.
      absWorkingDir: root,
      entryPoints: [`functions/${name}/handler.ts`],
      outfile: `dist/functions/${name}/${CODE}`,
      write: false,
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
      legalComments: "external",
      banner: { js: BANNER },
      logLevel: "silent",
    });
    const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
    return { name, code: files.get(CODE) ?? new Uint8Array(), files };
  } catch (error) {
    throw new BuildError(`functions/${name} cannot be bundled:\n${failures(error)}`, { cause: error });
  }
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

async function write(outDir: string, { name, code, files }: Bundle): Promise<BuiltFunction> {
  const zip = join(outDir, `${name}.zip`);
  const bytes = zipped(code);
  await mkdir(join(outDir, name), { recursive: true });
  await writeFile(zip, bytes);
  for (const [file, contents] of files) {
    await writeFile(join(outDir, name, file), contents);
  }
  return { name, zip, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("base64") };
}

/** Deflated in JavaScript: zlib's bytes differ between versions of Node and between processors. */
function zipped(code: Uint8Array): Uint8Array {
  return zipSync({ [CODE]: [code, { mtime: MODIFIED, os: 3, attrs: 0o100644 << 16, level: 9 }] });
}

async function main(): Promise<void> {
  const root = resolve(__dirname, "..");
  for (const { zip: file, bytes, sha256 } of await buildFunctions({ root, outDir: join(root, "dist", "functions") })) {
    console.log(`${relative(root, file)}  ${(bytes / 1024).toFixed(0)} KiB  sha256 ${sha256}`);
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof BuildError ? error.message : error);
    process.exitCode = 1;
  });
}
