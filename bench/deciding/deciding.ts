import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";
import { RUN_FUNCTION_MEGABYTES } from "../../contract/run-loop";
import { alternate, type Contender, type Median, median } from "../processes/alternate";
import type { Usage } from "../processes/measure-process";
import { listedAndKnown } from "./folder";
import { type Decided, type DecideJob, decidedSchema } from "./job";

export interface DecidingOptions {
  readonly rounds: number;
  /** Sizes of folders. */
  readonly entries: readonly number[];
  /** Checkouts by the names that their figures get. */
  readonly checkouts: Readonly<Record<string, string>>;
}

/** Wall time and CPU of a warm process; memory of a fresh one, beyond what it had before. */
export interface Deciding extends Median {
  readonly entries: number;
  /** Of these, listed otherwise than they are known. */
  readonly changed: number;
  /** CPU that is not needed to parse the JSON, in microseconds for each entry. */
  readonly ownMicroseconds: number;
  /** Memory, in sizes of the listing. */
  readonly listingSizes: number;
  /** Requests to S3 by their kinds. */
  readonly requests: Readonly<Record<string, number>>;
  readonly unchanged: number;
  readonly transfers: number;
}

export const JSON_ALONE = "JSON.parse alone";

/** One entry in so many is changed, or none. */
const CHANGED_SHARES = [0, 0.01] as const;

/** Entries that a process decides after the first time, and how often at the most: enough that the code is compiled. */
const WARM_ENTRIES = 400_000;
const MOST_TIMES = 50;

const ROOT = join(__dirname, "..", "..");

/**
 * Measures processes that decide one listed folder against its ledger, in turn with ones that only parse the JSON of both. The texts
 * lie in files. The heap is as large as the memory of the function.
 */
export async function* benchDeciding({ rounds, entries, checkouts }: DecidingOptions): AsyncGenerator<Deciding> {
  await mkdir(join(ROOT, "dist"), { recursive: true });
  const folder = await mkdtemp(join(ROOT, "dist", "deciding-"));
  try {
    const programs = await Promise.all(
      Object.entries(checkouts).map(async ([name, checkout], index) => {
        const program = join(folder, `decide-${index}.cjs`);
        await bundle(checkout, program);
        return { name, program };
      }),
    );
    for (const size of entries) {
      for (const share of CHANGED_SHARES) {
        yield* await measureFolder({ size, changed: Math.round(size * share), rounds, folder, programs });
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface MeasuredFolder {
  readonly size: number;
  readonly changed: number;
  readonly rounds: number;
  readonly folder: string;
  readonly programs: readonly { readonly name: string; readonly program: string }[];
}

async function measureFolder({ size, changed, rounds, folder, programs }: MeasuredFolder): Promise<Deciding[]> {
  const files = { listingFile: join(folder, "listing.json"), ledgerFile: join(folder, "ledger.json") };
  const { listing, ledger } = listedAndKnown(size, changed);
  await Promise.all([writeFile(files.listingFile, listing), writeFile(files.ledgerFile, ledger)]);
  const times = Math.min(MOST_TIMES, Math.max(2, Math.ceil(WARM_ENTRIES / size)));
  const found = new Map<string, Decided>();
  const contender = (name: string, program: string, what: DecideJob["what"]): Contender => ({
    name,
    measure: async () => {
      const decided = await decideIn(program, { what, ...files, times });
      found.set(name, decided);
      return usageOf(decided);
    },
  });
  const ours = programs.map(({ name, program }) => contender(name, program, "decide"));
  const alone = programs.slice(0, 1).map(({ program }) => contender(JSON_ALONE, program, "parse"));
  const medians = await alternate([...ours, ...alone], rounds);
  const parsing = medians.find(({ name }) => name === JSON_ALONE)?.cpuSeconds ?? 0;
  return medians.map((figures) => {
    const { requests = {}, unchanged = 0, transfers = 0 } = found.get(figures.name) ?? {};
    return {
      ...figures,
      ...{ entries: size, changed, requests, unchanged, transfers },
      ownMicroseconds: ((figures.cpuSeconds - parsing) / size) * 1e6,
      listingSizes: figures.peakBytes / Buffer.byteLength(listing),
    };
  });
}

function usageOf({ first, warm }: Decided): Usage {
  return {
    wallSeconds: median(warm.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(warm.map(({ cpuSeconds }) => cpuSeconds)),
    peakBytes: first.peakBytes,
  };
}

async function decideIn(program: string, job: DecideJob): Promise<Decided> {
  const args = ["--expose-gc", `--max-old-space-size=${RUN_FUNCTION_MEGABYTES}`, program, JSON.stringify(job)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return decidedSchema.parse(JSON.parse(stdout));
}

async function bundle(checkout: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(__dirname, "decide-process.ts")],
    outfile,
    plugins: [engineOf(checkout)],
    bundle: true,
    platform: "node",
    target: "node22",
    sourcemap: "inline",
    logLevel: "silent",
  });
}

/** What the bench imports of the engine comes from a checkout; the bench itself from this one. */
function engineOf(checkout: string): Plugin {
  return {
    name: "engine-of-checkout",
    setup(build) {
      build.onResolve({ filter: /^\.\.\/\.\.\/(engine|contract|simulation)\// }, ({ path, importer, kind }) =>
        importer.startsWith(__dirname)
          ? build.resolve(path.replace("../..", "."), { resolveDir: checkout, kind })
          : undefined,
      );
    },
  };
}
