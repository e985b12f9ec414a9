import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alternate, type Median } from "./processes/alternate";
import { copyCheckout, writeDefinitions, writeLocalDefinition } from "./processes/checkout-copy";
import { secondsToFirstConnection } from "./processes/first-connection";
import { measureProcess, type Usage } from "./processes/measure-process";

export interface StartUpOptions {
  readonly rounds: number;
  /** Checkouts by the names that their figures get. */
  readonly checkouts: Readonly<Record<string, string>>;
}

/** How long a command took until it connected says nothing of its processor time and memory: those are 0. */
export interface StartUp extends Median {
  readonly what: string;
  /** How many times as long as a Node.js that does nothing. */
  readonly ofNodeAlone: number;
}

interface Call {
  readonly what: string;
  /** Definitions that are there before it. */
  readonly servers: number;
  /** @param folder a copy of the checkout. */
  measure(folder: string): Promise<Usage>;
}

const command = (...args: readonly string[]) => [join("scripts", "sftp-sync.mjs"), ...args];
const calls =
  (...args: readonly string[]) =>
  (folder: string) =>
    measureProcess({ command: process.execPath, args: command(...args), folder });

/** What people wait for before anything is done. */
const CALLS: readonly Call[] = [
  { what: "--help", servers: 0, measure: calls("--help") },
  { what: "validate, 1 definition", servers: 1, measure: calls("validate") },
  { what: "validate, 300 definitions", servers: 300, measure: calls("validate") },
  { what: "list, 300 definitions", servers: 300, measure: calls("list") },
  { what: "local, until it connects", servers: 0, measure: connects },
  {
    what: "npm start, to its end",
    servers: 0,
    measure: (folder) => measureProcess({ command: "npm", args: ["start", "--silent"], folder }),
  },
];

async function connects(folder: string): Promise<Usage> {
  const data = await mkdtemp(join(tmpdir(), "bench-data-"));
  try {
    const seconds = await secondsToFirstConnection({
      command: process.execPath,
      args: async (port) =>
        command("local", await writeLocalDefinition(folder, port), "--data", data, "--yes", "--json"),
      folder,
      env: { SFTP_USERNAME: "bench", SFTP_PASSWORD: "bench" },
    });
    return { wallSeconds: seconds, cpuSeconds: 0, peakBytes: 0 };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

/** The name of what does nothing: Node.js alone. */
export const NODE_ALONE = "node -e 0";

/** Measures calls of the command line in turn with a Node.js that does nothing. The first call, which bundles, is not counted. */
export async function* benchStartUp({ rounds, checkouts }: StartUpOptions): AsyncGenerator<StartUp> {
  const copies = await Promise.all(
    Object.entries(checkouts).map(async ([name, root]) => ({ name, ...(await copyCheckout(root)) })),
  );
  try {
    for (const { what, servers, measure } of CALLS) {
      await Promise.all(copies.map(({ folder }) => writeDefinitions(folder, servers)));
      const contenders = copies.map(({ name, folder }) => ({ name, measure: () => measure(folder) }));
      await alternate(contenders, 1);
      const alone = {
        name: NODE_ALONE,
        measure: () => measureProcess({ command: process.execPath, args: ["-e", "0"], folder: __dirname }),
      };
      const medians = await alternate([...contenders, alone], rounds);
      const aloneSeconds = medians.find(({ name }) => name === NODE_ALONE)?.wallSeconds ?? Number.NaN;
      for (const median of medians) {
        yield { ...median, what, ofNodeAlone: median.wallSeconds / aloneSeconds };
      }
    }
  } finally {
    await Promise.all(copies.map(({ remove }) => remove()));
  }
}
