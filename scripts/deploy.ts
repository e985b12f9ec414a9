import { spawn } from "node:child_process";
import { once } from "node:events";
import picomatch from "picomatch";
import { EXIT } from "./commands/exit-codes";
import { ROOT } from "./commands/paths";

const SHARED = "shared";
const ALL = "*";

/** Without it, the cdktf command deploys no stack alone whose dependencies are deployed already. With it, it keeps no order. */
const DEPENDENCIES_ARE_THERE = "--ignore-missing-stack-dependencies";

/**
 * What the cdktf command is to be called with. Servers are deployed beside `shared` in the order of their dependencies, and
 * without it as it is.
 * @param args names of stacks, or patterns for them, and then the command's own options. Without names: all stacks.
 */
export function cdktfDeploy(args: readonly string[]): string[] {
  const firstOption = args.findIndex((arg) => arg.startsWith("-"));
  const given = firstOption === -1 ? args : args.slice(0, firstOption);
  const options = firstOption === -1 ? [] : args.slice(firstOption);
  const names = given.length === 0 ? [ALL] : given;
  const hasShared = names.some((name) => picomatch(name)(SHARED));
  return ["deploy", ...names, ...(hasShared ? [] : [DEPENDENCIES_ARE_THERE]), ...options];
}

async function main(): Promise<number> {
  const isWindows = process.platform === "win32";
  const args = ["cdktf", ...cdktfDeploy(process.argv.slice(2))];
  // Patterns are the command's to read, and no shell's; on Windows npx is a script for one.
  const child = spawn("npx", isWindows ? args.map((arg) => `"${arg}"`) : args, {
    cwd: ROOT,
    stdio: "inherit",
    shell: isWindows,
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  // A terminal's Ctrl-C reaches the command too, which ends in order.
  process.on("SIGINT", () => undefined);
  await once(child, "close");
  return child.exitCode ?? EXIT.interrupted;
}

if (require.main === module) {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error);
      process.exitCode = EXIT.bug;
    },
  );
}
