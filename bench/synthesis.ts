import { existsSync } from "node:fs";
import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { alternate, type Median } from "./processes/alternate";
import { copyCheckout, writeDefinitions } from "./processes/checkout-copy";
import { measureProcess } from "./processes/measure-process";

export interface SynthesisOptions {
  readonly rounds: number;
  /** How many servers, of five syncs each. */
  readonly servers: readonly number[];
  /** Checkouts by the names that their figures get. */
  readonly checkouts: Readonly<Record<string, string>>;
}

export interface Synthesis extends Median {
  readonly servers: number;
  /** What the stacks take on disk; what is linked counts once. */
  readonly diskBytes: number;
}

/** Measures what a deployment begins with: the JSON and the assets of all stacks, from checkouts that are measured in turn. */
export async function* benchSynthesis({ rounds, servers, checkouts }: SynthesisOptions): AsyncGenerator<Synthesis> {
  const copies = await Promise.all(
    Object.entries(checkouts).map(async ([name, root]) => ({ name, ...(await copyCheckout(root)) })),
  );
  try {
    for (const count of servers) {
      await Promise.all(copies.map(({ folder }) => writeDefinitions(folder, count)));
      const contenders = copies.map(({ name, folder }) => ({
        name,
        prepare: () => rm(stacksOf(folder), { recursive: true, force: true }),
        measure: () =>
          measureProcess({
            command: process.execPath,
            args: programOf(folder),
            folder,
            env: { CDKTF_OUTDIR: stacksOf(folder) },
          }),
      }));
      for (const median of await alternate(contenders, rounds)) {
        const copy = copies.find(({ name }) => name === median.name);
        yield { ...median, servers: count, diskBytes: copy === undefined ? 0 : await diskBytes(stacksOf(copy.folder)) };
      }
    }
  } finally {
    await Promise.all(copies.map(({ remove }) => remove()));
  }
}

/** What synthesizes: a checkout from before there was a bundle of main.ts runs the source. */
function programOf(folder: string): string[] {
  const bundled = join(folder, "scripts", "main.mjs");
  return existsSync(bundled) ? [bundled] : [join(folder, "node_modules", "tsx", "dist", "cli.mjs"), "main.ts"];
}

const stacksOf = (folder: string) => join(folder, "cdktf.out");

/** Of all files and folders below, in the file system's blocks. */
async function diskBytes(folder: string): Promise<number> {
  const seen = new Set<number>();
  let bytes = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const { ino, blocks } = await lstat(join(folder, name));
    bytes += seen.has(ino) ? 0 : blocks * 512;
    seen.add(ino);
  }
  return bytes;
}
