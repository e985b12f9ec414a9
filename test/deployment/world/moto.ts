import type { ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endGroup, startGroup } from "../../../bench/servers/process-group";
import { isOnPath } from "../../support/on-path";

const PROGRAM = "moto_server";

/** Holds what Python loads before it. */
const REPAIRS = join(__dirname, "moto-repairs");

/** Why moto cannot be used here, and what would help; nothing where it can. */
export function motoObstacle(): string | undefined {
  return isOnPath(PROGRAM) ? undefined : `${PROGRAM} is not on the PATH: pip install "moto[all,server]==5.2.1"`;
}

export interface MotoOptions {
  /** Where it listens, on the loopback interface. */
  readonly port: number;
  /** Where its state machines send their tasks. */
  readonly endpointPort: number;
  /** Receives what it prints: for those who have to find out why something failed. */
  readonly logFile: string;
}

export interface Moto {
  close(): Promise<void>;
}

/** Starts moto, an emulator of AWS' APIs, with its engine for state machines. */
export async function startMoto({ port, endpointPort, logFile }: MotoOptions): Promise<Moto> {
  const log = openSync(logFile, "a");
  const child = startGroup(PROGRAM, ["-H", "127.0.0.1", "-p", String(port)], {
    env: { ...process.env, MOTO_PORT: String(endpointPort), PYTHONPATH: REPAIRS, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const settings = `http://127.0.0.1:${port}/moto-api/config`;
  await answers(child, settings);
  // Without it, executions succeed at once and do nothing. It counts for state machines that are created later.
  await fetch(settings, { method: "POST", body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }) });
  return { close: () => endGroup(child) };
}

async function answers(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) {
      return;
    }
    await sleep(50);
  }
  throw new Error(`${PROGRAM} does not start`);
}
