import { readFile } from "node:fs/promises";
import { createRequire, wrap } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";
import { asOwnProcess, type Ended } from "../support/own-process";
import { inheritedEnvironment } from "./inherited-environment";

const ROOT = join(__dirname, "..", "..");

/** What the command line's entry exports. */
interface Entry {
  readonly ended: Promise<void>;
}

interface CommandBundle {
  commandBundle(root: string, cache: string): Promise<string>;
}

/** A call of the command line: its arguments, what of the environment it has besides this process's, and where it is called. */
type Call = (args: readonly string[], env?: NodeJS.ProcessEnv, cwd?: string) => Promise<Ended>;

/**
 * Calls the command line in this process, from the bundle that a process of its own would run. For what is about a command's
 * work, and not about its process: it spares the start of Node, and of packages. Every call begins with modules as they are at
 * their start.
 */
export const callCli = commandLineOf(ROOT);

/** The same for a copy of the project, whose sources stay as they are at the first call. */
export function commandLineOf(root: string): Call {
  let program: Promise<() => Entry> | undefined;
  return async (args, env = {}, cwd = root) => {
    program ??= load(root);
    const start = await program;
    return asOwnProcess({ args, env: { ...inheritedEnvironment(), ...env }, cwd }, () => start().ended);
  };
}

/** Not with `require`, which tsx has changed: it would go through all of the bundle once more. */
async function load(root: string): Promise<() => Entry> {
  const file = pathToFileURL(join(ROOT, "scripts", "build", "command-bundle.mjs")).href;
  const { commandBundle }: CommandBundle = await import(file);
  const bundle = await commandBundle(root, join(root, "dist", "cache"));
  const script = new Script(wrap(await readFile(bundle, "utf8")), {
    filename: bundle,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return () => {
    const module: { exports?: Entry } = {};
    script.runInThisContext()(undefined, createRequire(bundle), module);
    if (module.exports === undefined) {
      throw new Error(`${bundle} exports nothing`);
    }
    return module.exports;
  };
}
