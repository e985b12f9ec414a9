import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const PEAK_MEMORY = join(__dirname, "peak-memory.cjs");

export interface Usage {
  readonly wallSeconds: number;
  /** User and system, of the process and all that it waited for. */
  readonly cpuSeconds: number;
  /** Of that one of its Node.js processes which had most: resident, in bytes. */
  readonly peakBytes: number;
}

export interface MeasuredCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it is called. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Its own name is that of the file for what the command writes as errors. */
const SCRIPT = `TIMEFORMAT='%R %U %S'; time "$@" >/dev/null 2>"$0"; exit $?`;

/**
 * Runs a command to its end, its output thrown away. The shell's own `time` counts what its children's children took as well.
 * @throws Error with the command's last words, where it fails.
 */
export async function measureProcess({ command, args, folder, env }: MeasuredCommand): Promise<Usage> {
  const memory = await mkdtemp(join(tmpdir(), "bench-"));
  const errors = join(memory, "stderr");
  try {
    const { code, stderr } = await run("bash", ["-c", SCRIPT, errors, command, ...args], folder, {
      ...process.env,
      LC_ALL: "C",
      ...env,
      NODE_OPTIONS: `--require ${PEAK_MEMORY}`,
      BENCH_PEAK_MEMORY: memory,
    });
    if (code !== 0) {
      throw new Error(
        `${command} ${args.join(" ")} ended with ${code}: ${(await readFile(errors, "utf8")).slice(-2000)}`,
      );
    }
    const [wall = 0, user = 0, system = 0] = stderr.trim().split(" ").map(Number);
    return { wallSeconds: wall, cpuSeconds: user + system, peakBytes: await largest(memory) };
  } finally {
    await rm(memory, { recursive: true, force: true });
  }
}

async function run(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  try {
    return { code: 0, ...(await promisify(execFile)(file, args, { cwd, env })) };
  } catch (error) {
    if (error instanceof Error && "code" in error && "stderr" in error && typeof error.code === "number") {
      return { code: error.code, stderr: String(error.stderr) };
    }
    throw error;
  }
}

/** Of the numbers in the files that are named by a process. */
async function largest(folder: string): Promise<number> {
  const processes = (await readdir(folder)).filter((name) => /^\d+$/.test(name));
  const bytes = await Promise.all(processes.map(async (name) => Number(await readFile(join(folder, name), "utf8"))));
  return Math.max(0, ...bytes);
}
