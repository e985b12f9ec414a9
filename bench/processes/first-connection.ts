import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

export interface ConnectingCommand {
  readonly command: string;
  /** @param port of the loopback interface that the command is to connect to. */
  args(port: number): Promise<readonly string[]>;
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command until it makes its first connection, and ends it then.
 * @returns the seconds from its start on.
 * @throws Error with the command's last words, where it ends before that.
 */
export async function secondsToFirstConnection(connecting: ConnectingCommand): Promise<number> {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const args = await connecting.args(address !== null && typeof address === "object" ? address.port : 0);
  const started = performance.now();
  const child = spawn(connecting.command, args, {
    cwd: connecting.folder,
    env: { ...process.env, ...connecting.env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const closed = once(child, "close");
  try {
    const seconds = await Promise.race([
      once(server, "connection").then(() => (performance.now() - started) / 1000),
      closed.then(() => undefined),
    ]);
    if (seconds === undefined) {
      throw new Error(`${connecting.command} ended without a connection: ${errors.slice(-2000)}`);
    }
    return seconds;
  } finally {
    child.kill();
    await closed;
    server.close();
  }
}
