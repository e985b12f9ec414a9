import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";

const HOLDER = [process.execPath, "--import", require.resolve("tsx"), join(__dirname, "lease-holder.ts")];

/** Makes a process number 1, as in a container; what it started ends with it. */
const NAMESPACE = ["unshare", "--pid", "--fork", "--kill-child=KILL"];

/** Why processes cannot be number 1 here; `undefined`: they can. */
export function noNamespaces(): string | undefined {
  const { status } = spawnSync("unshare", ["--pid", "--fork", "true"]);
  return status === 0 ? undefined : "PID namespaces need Linux, unshare and root";
}

export interface LeaseProcess {
  /** Resolves when the process has said something that begins so. */
  said(start: string): Promise<string>;
  tell(command: "check" | "block" | "release"): void;
  signal(name: NodeJS.Signals): void;
  /** Kills it, and waits until it is no more. */
  kill(): Promise<void>;
}

/** Starts a process that takes a lease. @param asNumberOne whether it is process number 1 of a namespace of its own. */
export function startHolder(file: string, folder: string, { asNumberOne = false } = {}): LeaseProcess {
  const [program = "", ...args] = [...(asNumberOne ? NAMESPACE : []), ...HOLDER, file, folder];
  const child: ChildProcess = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines: string[] = [];
  let rest = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    child.emit("said");
  });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    said: (start) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.find((said) => said.startsWith(start));
          if (line !== undefined) {
            resolve(line);
          }
        };
        child.on("said", look);
        void closed.then(() => reject(new Error(`It ended without ${JSON.stringify(start)}: ${lines.join("; ")}`)));
        look();
      }),
    tell: (command) => child.stdin?.write(`${command}\n`),
    signal: (name) => child.kill(name),
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}
