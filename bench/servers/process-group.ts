import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { errorCode } from "../../config/error-code";
import "./exit-on-signals";

const running = new Set<ChildProcess>();

process.on("exit", () => {
  for (const child of running) {
    kill(child);
  }
});

/** Starts a program as the head of a process group, which ends with this process at the latest. */
export function startGroup(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(file, [...args], { ...options, detached: true });
  running.add(child);
  child.once("error", () => running.delete(child));
  child.once("exit", () => running.delete(child));
  return child;
}

/** Ends a program and whatever it has started. */
export async function endGroup(child: ChildProcess): Promise<void> {
  if (running.has(child)) {
    const exited = once(child, "exit");
    kill(child);
    await exited;
  }
}

function kill({ pid }: ChildProcess): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (errorCode(error) !== "ESRCH") {
      throw error;
    }
  }
}
