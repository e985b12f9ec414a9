/**
 * The command line, or another program of this project, as one JavaScript file, which loads in a fraction of the time that its
 * TypeScript takes. Plain JavaScript, because nothing has loaded a TypeScript loader yet. Kept in a cache beside the built functions, and made again when a
 * source or a package is another one than it was. Whoever writes a branch may add a folder to the cache, with a bundle of their
 * own and a record that fits: so a bundle counts only as the very file that was made here, where nobody else may write.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { lastUsedFirst } from "./last-used-first.mjs";
import { isOwnPlace, ownModes } from "./own-place.mjs";
import { stamp } from "./stamp.mjs";

const COMMAND_LINE = "scripts/cli.ts";
const BUNDLE = "program.cjs";
const RECORD = "record.json";

/** What a bundle's folder is called, by its record. */
const NAME = /^command-[0-9a-f]{64}$/;

/** What ends a command in the midst of bundling. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Packages that stay outside: what has parts that are no JavaScript, and what few commands load and is large. The others are looked for,
 * read and compiled in a fraction of the time when they lie in one file.
 */
const OUTSIDE = ["@aws-sdk/*", "@smithy/*", "esbuild", "ssh2"];

/** What packages in the bundle ask for when they begin, but need only where this project does not lead. Loaded at its first use. */
const LATE = ["@aws-sdk/client-lambda", "@aws-sdk/credential-providers", "asl-validator"];
const LATER = "later";

/** Of packages in the bundle this file says whether they are still the same. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** What else a bundle depends on: versions of packages, esbuild's among them, and how it is made. */
const FURTHER_SOURCES = ["package-lock.json", "tsconfig.json", "scripts/build/command-bundle.mjs"];

/**
 * @param {string} root the project's folder.
 * @param {string} cache keeps bundles; several processes may use it at once.
 * @param {string} entry the program's source, from the root; the command line's by default.
 * @returns {Promise<string>} the path of a bundle of what the sources are now.
 * @throws Error where a source cannot be bundled, somebody is editing one, or nothing can be kept in the cache, as where others
 *   could exchange it.
 */
export async function commandBundle(root, cache, entry = COMMAND_LINE) {
  if (!isOwnPlace(root, cache)) {
    throw new Error("Others may write in the cache");
  }
  for (const name of lastUsedFirst(cache).filter((one) => NAME.test(one))) {
    const folder = join(cache, name);
    if (isCurrent(root, folder, entry)) {
      touch(folder);
      return join(folder, BUNDLE);
    }
  }
  return bundleAnew(root, cache, entry);
}

async function bundleAnew(root, cache, entry) {
  const draft = join(cache, `draft-${randomUUID()}`);
  const remove = () => rmSync(draft, { recursive: true, force: true });
  const interrupt = (signal) => {
    remove();
    forget();
    process.kill(process.pid, signal); // Nothing else of the command line is there yet that could end it.
  };
  const forget = () => {
    for (const signal of SIGNALS) {
      process.off(signal, interrupt);
    }
  };
  for (const signal of SIGNALS) {
    process.on(signal, interrupt);
  }
  try {
    mkdirSync(draft, { recursive: true, mode: ownModes(root).folder });
    const begun = Date.now();
    const inputs = await bundle(root, entry, join(draft, BUNDLE));
    const sources = new Set([...inputs.map(sourceOf), ...FURTHER_SOURCES]);
    const record = JSON.stringify(recordOf(root, draft, entry, [...sources]));
    if (inputs.some((path) => statSync(join(root, path)).ctimeMs >= begun)) {
      throw new Error("A source was changed while it was bundled");
    }
    writeFileSync(join(draft, RECORD), record, { mode: ownModes(root).file });
    const folder = join(cache, `command-${createHash("sha256").update(record).digest("hex")}`);
    // Another process may have made the same meanwhile, and be loading it.
    if (!isCurrent(root, folder, entry)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(draft, folder);
    }
    return join(folder, BUNDLE);
  } finally {
    forget();
    remove();
  }
}

/** @returns what of a file that was read is held against later: itself, or its package's own description. */
function sourceOf(path) {
  const [, folder] = PACKAGE.exec(path) ?? [];
  return folder === undefined ? path : `${folder}/package.json`;
}

/** @returns the sources' paths from the root. */
async function bundle(root, entry, outfile) {
  const esbuild = await import("esbuild");
  try {
    const { metafile, outputFiles } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      write: false, // Its process might do so after this one has removed the folder.
      bundle: true,
      external: OUTSIDE,
      platform: "node",
      target: "node20",
      format: "cjs",
      // Names are kept as they are, since nothing is minified. `keepNames` would set one on each closure again: a third more time.
      minifyWhitespace: true,
      sourcemap: "linked",
      sourcesContent: false,
      metafile: true,
      logLevel: "silent",
      plugins: [
        { name: "places", setup: keepPlaces },
        { name: LATER, setup: loadLate },
      ],
    });
    for (const { path, contents } of outputFiles) {
      writeFileSync(path, contents, { mode: ownModes(root).file });
    }
    return Object.keys(metafile.inputs).filter((path) => !path.startsWith(`${LATER}:`));
  } finally {
    await esbuild.stop(); // Its process would keep this one.
  }
}

/** A module's `__dirname` stays the folder of its source, where files lie beside it. */
function keepPlaces(build) {
  build.onLoad({ filter: /\.(ts|c?js)$/ }, ({ path }) => {
    const text = readFileSync(path, "utf8");
    return text.includes("__dirname")
      ? {
          contents: text.replaceAll("__dirname", JSON.stringify(dirname(path))),
          loader: path.endsWith(".ts") ? "ts" : "js",
        }
      : undefined;
  });
}

/** Sources may import the same: they get it as ever. */
function loadLate(build) {
  build.onResolve({ filter: new RegExp(`^(${LATE.join("|")})$`) }, ({ path, importer, namespace }) => {
    if (namespace === LATER) {
      return { path, external: true };
    }
    return PACKAGE.test(importer) ? { path, namespace: LATER } : undefined;
  });
  build.onLoad({ filter: /.*/, namespace: LATER }, ({ path }) => ({
    contents: `const load = () => require(${JSON.stringify(path)});
      module.exports = new Proxy(function () {}, {
        get: (_, name) => load()[name],
        apply: (_, self, values) => load().apply(self, values),
      });`,
  }));
}

function isCurrent(root, folder, entry) {
  try {
    const record = JSON.parse(readFileSync(join(folder, RECORD), "utf8"));
    return (
      [BUNDLE, RECORD].every((name) => isOwnPlace(root, join(folder, name))) &&
      isDeepStrictEqual(record, recordOf(root, folder, entry, Object.keys(record.sources)))
    );
  } catch {
    return false;
  }
}

/** Of what a bundle was made: a file that is new may take the place of another, so folders belong to it. */
function recordOf(root, folder, entry, sources) {
  // The root has no source of its own, and changes with every folder that a command leaves there.
  const own = sources.filter((path) => !PACKAGE.test(path));
  const folders = new Set(own.map((path) => dirname(path)).filter((folder) => folder !== "."));
  return {
    root: resolve(root),
    entry,
    sources: Object.fromEntries(sources.map((path) => [path, stamp(join(root, path))])),
    folders: Object.fromEntries([...folders].map((path) => [path, readdirSync(join(root, path)).sort().join("/")])),
    bundle: stamp(join(folder, BUNDLE)),
  };
}

/** What nobody has used for a week is removed by whoever builds functions. */
function touch(folder) {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // Who may not write here does not remove it either.
  }
}
