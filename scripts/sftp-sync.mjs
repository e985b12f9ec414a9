/** The command line, from its bundle; where there can be none, such as in a folder that is read-only or that others can change, from its sources. */
import { join, resolve } from "node:path";
import { commandBundle } from "./build/command-bundle.mjs";
import { loadBundle } from "./build/load-bundle.mjs";

// What packages use of Node that is to go concerns whoever works on this project, not whoever calls it.
process.noDeprecation = true;
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const root = resolve(import.meta.dirname, "..");

const bundle = await commandBundle(root, join(root, "dist", "cache")).catch(() => undefined);
if (bundle === undefined) {
  process.env.TSX_DISABLE_CACHE ??= "1"; // It lies where another user may have put something (see no-tsx-cache.env).
  await import("tsx");
  await import("./cli.ts");
} else {
  loadBundle(root, bundle, process.argv[2]);
}
