import type { Report } from "../engine/report";
import { moduleOf } from "../local/lambda/function-config";
import type { BenchCase } from "./cases";
import { type Economy, economyOf, type Ran } from "./economy";
import { FunctionProcesses } from "./process/function-processes";
import type { SimulatedDeployment } from "./simulation/deployment";
import type { SliceFigures } from "./simulation/figures";
import { requestsBetween, SimulatedCloud } from "./simulation/simulated-cloud";
import { type Invoker, invokeHere, type RunFigures, Simulation } from "./simulation/simulation";
import { Turns } from "./simulation/turns";

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

/**
 * Runs a case, every function in a process with the heap that its memory allows.
 * @param inProcess in this process instead: that is faster, and what the functions take of the machine is not known.
 */
export async function* measure(
  bench: BenchCase,
  deployed: SimulatedDeployment,
  inProcess = false,
): AsyncGenerator<BenchRun> {
  const processes = new FunctionProcesses((module) => memoryOf(deployed, module));
  try {
    const { cloud, start } =
      bench.folders === undefined
        ? alone(bench, deployed, inProcess ? invokeHere : processes.invoke)
        : together(bench, deployed);
    const { connector } = cloud;
    for (let run = 1; run <= bench.runs; run += 1) {
      if (run > 1 && bench.oneChangedOf !== undefined) {
        bench.tree.change(bench.oneChangedOf);
      }
      const before = { ...connector.calls, idleSeconds: connector.idleSeconds, s3: cloud.traffic.s3, now: cloud.now };
      connector.beginRun();
      const runs = await start();
      const { calls, idleSeconds, idleShare } = connector;
      const since = {
        listings: calls.listings - before.listings,
        transfers: calls.transfers - before.transfers,
        results: calls.results - before.results,
        refused: calls.refused - before.refused,
      };
      const ran = ranOf(runs, (cloud.now - before.now) / 1000);
      const totals = {
        ...totalsOf(ran),
        ...{ calls: since, idleSeconds: idleSeconds - before.idleSeconds },
        ...(idleShare === undefined ? {} : { idleShare }),
        economy: economyOf(bench, run, { ...ran, calls: since, s3: requestsBetween(before.s3, cloud.traffic.s3) }),
      };
      yield { name: bench.name, title: bench.title, run, functions: functionsOf(ran.slices), totals };
    }
  } finally {
    processes.close();
  }
}

interface Measured {
  readonly cloud: SimulatedCloud;
  start(): Promise<readonly RunFigures[]>;
}

function alone(bench: BenchCase, deployed: SimulatedDeployment, invoker: Invoker): Measured {
  const simulation = new Simulation({ ...bench, deployed, invoker });
  return { cloud: simulation.cloud, start: async () => [await simulation.start()] };
}

/** All syncs at a time. Their functions share this process, so that what each takes of the machine is not known. */
function together(bench: BenchCase, deployed: SimulatedDeployment): Measured {
  const cloud = new SimulatedCloud(bench);
  const turns = new Turns(cloud.clock);
  const simulations = deployed.definition.syncs.map(
    (sync) => new Simulation({ ...bench, deployed, among: { cloud, sync, party: turns.party() } }),
  );
  return { cloud, start: () => Promise.all(simulations.map((simulation) => simulation.start())) };
}

/** @param seconds from the start of the first run to the end of the last. */
function ranOf(runs: readonly RunFigures[], seconds: number): Ran {
  const sum = (figure: (report: Report) => number) => runs.reduce((total, { report }) => total + figure(report), 0);
  const statuses = new Set(runs.map(({ report }) => report.status));
  return {
    status: [...statuses].join(" and "),
    folders: sum(({ folders }) => folders.listed),
    transferred: sum(({ files }) => files.transferred),
    unchanged: sum(({ files }) => files.skipped.unchanged ?? 0),
    bytes: sum(({ bytes }) => bytes),
    slices: runs.flatMap(({ slices }) => slices),
    executions: runs.flatMap(({ executions }) => executions),
    seconds,
  };
}

function memoryOf({ deployment }: SimulatedDeployment, module: string): number {
  const found = deployment.functions.find((config) => moduleOf(config) === module);
  if (found === undefined) {
    throw new Error(`The stacks have no function ${module}`);
  }
  return found.memoryMegabytes;
}

function totalsOf(ran: Ran): Omit<RunTotals, "calls" | "idleSeconds" | "economy"> {
  const { status, folders, transferred, unchanged, executions, seconds } = ran;
  return {
    status,
    folders,
    files: transferred + unchanged,
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
