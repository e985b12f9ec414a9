import { moduleOf } from "../local/lambda/function-config";
import type { BenchCase } from "./cases";
import { type Economy, economyOf } from "./economy";
import { FunctionProcesses } from "./process/function-processes";
import type { SimulatedDeployment } from "./simulation/deployment";
import type { SliceFigures } from "./simulation/figures";
import { type RunFigures, Simulation } from "./simulation/simulation";

/** All slices of one function in a run. */
export interface FunctionFigures {
  readonly module: string;
  readonly slices: number;
  /** On the virtual clock. */
  readonly longestSeconds: number;
  readonly longestCpuSeconds: number;
  readonly cpuSeconds: number;
  /** The largest that was seen. */
  readonly heapBytes: number;
  readonly residentBytes: number;
  readonly mostBytesWritten: number;
  readonly mostObjectsWritten: number;
  readonly bytesWritten: number;
  readonly largestRootBytes: number;
  readonly largestPayloadBytes: number;
}

export interface RunTotals {
  readonly status: string;
  readonly folders: number;
  /** Transferred or found unchanged. */
  readonly files: number;
  /** On the virtual clock. */
  readonly hours: number;
  readonly executions: number;
  readonly mostHistoryEvents: number;
  readonly calls: Readonly<Record<"listings" | "transfers" | "results" | "refused", number>>;
  /** For which the connector's connections had nothing to do between two files, over all of them. */
  readonly idleSeconds: number;
  /** Of the connections' time between the first listing and the last file; absent where there was no file. */
  readonly idleShare?: number;
  readonly economy: Economy;
}

export interface BenchRun {
  readonly name: string;
  readonly title: string;
  /** From 1. */
  readonly run: number;
  readonly functions: readonly FunctionFigures[];
  readonly totals: RunTotals;
}

/** Runs a case, every function in a process with the heap that its memory allows. */
export async function* measure(bench: BenchCase, deployed: SimulatedDeployment): AsyncGenerator<BenchRun> {
  const processes = new FunctionProcesses((module) => memoryOf(deployed, module));
  try {
    const simulation = new Simulation({ ...bench, deployed, invoker: processes.invoke });
    for (let run = 1; run <= bench.runs; run += 1) {
      if (run > 1 && bench.oneChangedOf !== undefined) {
        bench.tree.change(bench.oneChangedOf);
      }
      const before = { ...simulation.cloud.connector.calls, idleSeconds: simulation.cloud.connector.idleSeconds };
      const figures = await simulation.start();
      const { calls, idleSeconds, idleShare } = simulation.cloud.connector;
      const since = {
        listings: calls.listings - before.listings,
        transfers: calls.transfers - before.transfers,
        results: calls.results - before.results,
        refused: calls.refused - before.refused,
      };
      const totals = {
        ...totalsOf(figures),
        ...{ calls: since, idleSeconds: idleSeconds - before.idleSeconds },
        ...(idleShare === undefined ? {} : { idleShare }),
        economy: economyOf(bench, figures, since),
      };
      yield { name: bench.name, title: bench.title, run, functions: functionsOf(figures.slices), totals };
    }
  } finally {
    processes.close();
  }
}

function memoryOf({ deployment }: SimulatedDeployment, module: string): number {
  const found = deployment.functions.find((config) => moduleOf(config) === module);
  if (found === undefined) {
    throw new Error(`The stacks have no function ${module}`);
  }
  return found.memoryMegabytes;
}

function totalsOf({ report, executions, seconds }: RunFigures): Omit<RunTotals, "calls" | "idleSeconds" | "economy"> {
  const { files, folders, status } = report;
  return {
    status,
    folders: folders.listed,
    files: files.transferred + (files.skipped.unchanged ?? 0),
    hours: seconds / 3600,
    executions: executions.length,
    mostHistoryEvents: Math.max(...executions.map(({ historyEvents }) => historyEvents)),
  };
}

function functionsOf(slices: readonly SliceFigures[]): FunctionFigures[] {
  const zips = [...new Set(slices.map(({ module }) => module))];
  return zips.map((module) =>
    functionFigures(
      module,
      slices.filter((slice) => slice.module === module),
    ),
  );
}

function functionFigures(module: string, slices: readonly SliceFigures[]): FunctionFigures {
  const most = (figure: (slice: SliceFigures) => number) =>
    slices.reduce((max, slice) => Math.max(max, figure(slice)), 0);
  const all = (figure: (slice: SliceFigures) => number) => slices.reduce((sum, slice) => sum + figure(slice), 0);
  return {
    module,
    slices: slices.length,
    longestSeconds: most(({ seconds }) => seconds),
    longestCpuSeconds: most(({ costs }) => costs?.cpuSeconds ?? 0),
    cpuSeconds: all(({ costs }) => costs?.cpuSeconds ?? 0),
    heapBytes: most(({ costs }) => costs?.heapBytes ?? 0),
    residentBytes: most(({ costs }) => costs?.residentBytes ?? 0),
    mostBytesWritten: most(({ bytesWritten }) => bytesWritten),
    mostObjectsWritten: most(({ objectsWritten }) => objectsWritten),
    bytesWritten: all(({ bytesWritten }) => bytesWritten),
    largestRootBytes: most(({ rootBytes }) => rootBytes),
    largestPayloadBytes: most(({ payloadBytes }) => payloadBytes),
  };
}
