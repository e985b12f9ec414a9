import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { endGroup, startGroup } from "./process-group";

export interface ServerProgram {
  readonly file: string;
  readonly args: readonly string[];
  /** The port of 127.0.0.1 at which it will listen. */
  readonly port: number;
  readonly env?: NodeJS.ProcessEnv;
  /** The user and group as which it runs; this process's own by default. */
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

export interface ServerProcess {
  /** Ends it. What it has started for a connection ends with the connection. */
  close(): Promise<void>;
}

/** Ten seconds. */
const ATTEMPTS = 200;

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/**
 * Starts a server that stays in the foreground, and waits until it accepts connections.
 * @throws Error with what it printed, where it ends or does not listen in time.
 */
export async function startServerProcess({ file, args, port, ...options }: ServerProgram): Promise<ServerProcess> {
  const child = startGroup(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text: Buffer) => {
      log += text.toString();
    });
  }
  child.on("error", (error) => {
    log += error.message;
  });
  const close = () => endGroup(child);
  for (let i = 0; i < ATTEMPTS && child.pid !== undefined && child.exitCode === null; i++) {
    if (await answers(port)) {
      return { close };
    }
    await sleep(50);
  }
  await close();
  throw new Error(`${file} does not start: ${log}`);
}
