import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { commandBundle } from "./command-bundle.mjs";
import { loadBundle } from "./load-bundle.mjs";
import { keepToProjectModes } from "./own-place.mjs";

const ROOT = resolve(import.meta.dirname, "..", "..");

/**
 * Runs a program of this project from its bundle; where there can be none, such as in a folder that is read-only, from its sources.
 * @param {string} entry the program's source, from the project's root.
 * @param {string | undefined} command what of it is called; V8's code is kept for each.
 */
export async function startBundled(entry, command) {
  keepToProjectModes(ROOT);
  const bundle = await commandBundle(ROOT, join(ROOT, "dist", "cache"), entry).catch(() => undefined);
  if (bundle !== undefined) {
    loadBundle(ROOT, bundle, command);
    return;
  }
  process.env.TSX_DISABLE_CACHE ??= "1"; // It lies where another user may have put something (see no-tsx-cache.env).
  await import("tsx");
  await import(pathToFileURL(join(ROOT, entry)).href);
}
