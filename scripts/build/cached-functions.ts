import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { strangerAt } from "../../local/privacy/strangers";
import { buildFunctions } from "./build-functions";
import { lastUsedFirst } from "./last-used-first.mjs";
import { ownModes } from "./own-place.mjs";
import { stamp } from "./stamp.mjs";

export interface CachedFunctionsOptions {
  /** Folder that holds `functions/`. */
  readonly root: string;
  /** Keeps what was built, where nobody else may write. Several processes may use it at once; what is damaged in it is built again. */
  readonly cache: string;
}

/**
 * What a build was made of, and what it gave. Whoever writes a branch knows all of its sources, and may add a folder to the cache with
 * zips of their own and a record that fits: so a zip counts only as the very file that was built here, where nobody else may write.
 */
const recordSchema = z.object({
  /** SHA-256 of every file that was read, by its path from the root. */
  sources: z.record(z.string(), z.string()),
  /** Stamps of the same: while they hold, nothing needs to be read. They do not after a change to another branch and back. */
  sourceStamps: z.record(z.string(), z.string()),
  /** What lies in the folders of these: a file that is new may take the place of another. Not of packages. */
  folders: z.record(z.string(), z.string()),
  /** SHA-256 by name in the folder. */
  zips: z.record(z.string(), z.string()),
  /** Stamps of the same. */
  zipStamps: z.record(z.string(), z.string()),
});

type BuildRecord = z.infer<typeof recordSchema>;

const RECORD_FILE = "record.json";

/** What a build's folder is called, by its record; another call's draft is not to be taken, since it is about to move. */
const BUILD = /^[0-9a-f]{64}$/;

/** Another build may still read what nobody has asked for since. */
const KEPT_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

/** Who builds for longer than this was stopped in the midst of it, as by Ctrl-C. */
const DRAFT_MILLISECONDS = 60 * 60 * 1000;

/** What is about to become a build, or a bundle of the command line. */
const DRAFT = /^draft-/;

/** How often a build is put into its place before what stands there is an error. */
const ATTEMPTS = 5;

/** What else the bytes depend on: versions of packages, the build's own tools among them, and the build itself. */
const FURTHER_SOURCES: readonly string[] = [
  "package-lock.json",
  ...["build-error", "build-functions", "bundle", "bundled-packages", "third-party-notices"].map(
    (name) => `scripts/build/${name}.ts`,
  ),
];

/**
 * Builds the functions as {@link buildFunctions} does, or finds what an earlier call has built from the same sources.
 * @returns the folder of the zips, whose content does not change any more.
 * @throws BuildError as `buildFunctions`; what the system says where the cache cannot be written.
 */
export async function cachedFunctions({ root, cache }: CachedFunctionsOptions): Promise<string> {
  const names = lastUsedFirst(cache);
  await removeUnused(
    cache,
    names.filter((name) => DRAFT.test(name)),
    DRAFT_MILLISECONDS,
  );
  for (const name of names.filter((one) => BUILD.test(one))) {
    const folder = join(cache, name);
    if (await isCurrent(root, folder)) {
      const now = new Date();
      // Who may not write here does not remove it either.
      await utimes(folder, now, now).catch(() => undefined);
      return folder;
    }
  }
  return buildAnew(root, cache);
}

async function buildAnew(root: string, cache: string): Promise<string> {
  const draft = join(cache, `draft-${randomUUID()}`);
  // Whoever presses Ctrl-C twice does not wait for what stands below. The build has a draft of its own beside this one.
  const remove = () => {
    const names = existsSync(cache) ? readdirSync(cache) : [];
    for (const name of names.filter((one) => one.startsWith(basename(draft)))) {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  };
  process.once("exit", remove);
  try {
    const { zipStamps: _, sourceStamps: __, ...content } = await buildInto(root, draft);
    const folder = join(cache, hash(JSON.stringify(content), "hex"));
    await place(root, draft, folder);
    await removeUnused(cache, await readdir(cache), KEPT_MILLISECONDS);
    return folder;
  } finally {
    process.off("exit", remove);
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * Another process may build the same at this moment, and read it: what is whole stays where it is. What is not, is moved aside
 * at once, since removing it takes time, in which the other's could come to lie there.
 */
async function place(root: string, draft: string, folder: string): Promise<void> {
  for (let attempt = 1; !(await isCurrent(root, folder)); attempt += 1) {
    try {
      await rename(draft, folder);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) {
        throw error;
      }
    }
    if (!(await isCurrent(root, folder))) {
      const aside = `${draft}-aside-${attempt}`;
      await rename(folder, aside).catch(() => undefined); // Somebody else was faster.
      await rm(aside, { recursive: true, force: true });
    }
  }
}

async function buildInto(root: string, folder: string): Promise<BuildRecord> {
  const begun = Date.now();
  const built = await buildFunctions({ root, outDir: folder });
  const sources = [...new Set(built.flatMap((builtFunction) => builtFunction.sources)), ...FURTHER_SOURCES];
  const record: BuildRecord = {
    sources: await hashes(root, sources),
    sourceStamps: stamps(root, sources),
    folders: await folderContents(root, sources),
    zips: Object.fromEntries(built.map(({ name, sha256 }) => [`${name}.zip`, sha256])),
    zipStamps: stamps(
      folder,
      built.map(({ name }) => `${name}.zip`),
    ),
  };
  const changedAt = await Promise.all(sources.map(async (path) => (await stat(join(root, path))).mtimeMs));
  const ended = Date.now();
  if (changedAt.some((time) => time >= begun && time <= ended)) {
    return buildInto(root, folder); // Somebody is editing: what was read need not be what was built.
  }
  await writeFile(join(folder, RECORD_FILE), JSON.stringify(record), { mode: ownModes(root).file });
  return record;
}

/** Whether what lies there was built from what the sources are now, and is whole. */
async function isCurrent(root: string, folder: string): Promise<boolean> {
  try {
    const record = recordSchema.parse(JSON.parse(await readFile(join(folder, RECORD_FILE), "utf8")));
    const sources = Object.keys(record.sources);
    const parts = [RECORD_FILE, ...Object.keys(record.zips)].map((name) => strangerAt(join(folder, name)));
    return (
      (await Promise.all(parts)).every((stranger) => stranger === undefined) &&
      isDeepStrictEqual(record.zipStamps, stamps(folder, Object.keys(record.zips))) &&
      isDeepStrictEqual(record.zips, await hashes(folder, Object.keys(record.zips))) &&
      isDeepStrictEqual(record.folders, await folderContents(root, sources)) &&
      (isDeepStrictEqual(record.sourceStamps, stamps(root, sources)) ||
        isDeepStrictEqual(record.sources, await hashes(root, sources)))
    );
  } catch {
    return false;
  }
}

async function hashes(folder: string, paths: readonly string[]): Promise<Record<string, string>> {
  const entries = paths.map(async (path) => [path, hash(await readFile(join(folder, path)), "base64")] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function stamps(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, stamp(join(folder, name))]));
}

/** What lies in the folders of sources that are no package's, and in those above, as text. */
async function folderContents(root: string, sources: readonly string[]): Promise<Record<string, string>> {
  const own = sources.filter((path) => !path.includes("node_modules/"));
  const folders = new Set(own.flatMap(foldersOf));
  const entries = [...folders].map(
    async (folder) => [folder, (await readdir(join(root, folder))).sort().join("/")] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** @returns `a/b` and `a` for `a/b/c.ts`. */
function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === "." ? [] : [folder, ...foldersOf(folder)];
}

function hash(content: string | Uint8Array, encoding: "hex" | "base64"): string {
  return createHash("sha256").update(content).digest(encoding);
}

async function removeUnused(cache: string, names: readonly string[], milliseconds: number): Promise<void> {
  for (const name of names) {
    const { mtimeMs } = await stat(join(cache, name)).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > milliseconds) {
      // Who may not write here leaves it to others.
      await rm(join(cache, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
