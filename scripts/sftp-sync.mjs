/** The command line. */
import { startBundled } from "./build/start-bundled.mjs";

// What packages use of Node that is to go concerns whoever works on this project, not whoever calls it.
process.noDeprecation = true;
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

await startBundled("scripts/cli.ts", process.argv[2]);
