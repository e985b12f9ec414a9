import Table from "cli-table3";
import { formatBytes } from "../scripts/commands/figures";
import type { BenchRun } from "./measure";

const HEAD = ["Function", "Slices", "Longest", "CPU", "Heap", "Resident", "Written", "Objects", "Root", "Payload"];

/** What a person reads: a table for each run, the functions in rows, with the most of any of their slices. */
export function benchTable({ title, run, functions, totals }: BenchRun): string {
  const table = new Table({ head: [...HEAD], style: { head: [], border: [] } });
  for (const figures of functions) {
    table.push([
      figures.module,
      String(figures.slices),
      seconds(figures.longestSeconds),
      seconds(figures.longestCpuSeconds),
      formatBytes(figures.heapBytes),
      formatBytes(figures.residentBytes),
      formatBytes(figures.mostBytesWritten),
      String(figures.mostObjectsWritten),
      formatBytes(figures.largestRootBytes),
      formatBytes(figures.largestPayloadBytes),
    ]);
  }
  const { status, files, folders, hours, executions, mostHistoryEvents, calls, idleSeconds } = totals;
  return [
    `${title}, run ${run}: ${status}, ${folders} folders, ${files} files, ${hours.toFixed(1)} h on the virtual clock`,
    `${executions} execution(s) of at most ${mostHistoryEvents} history events; ${calls.listings} listings, ` +
      `${calls.transfers} transfers, ${calls.results} requests for results, ${calls.refused} refusals; ` +
      `connections idle for ${seconds(idleSeconds)} in all`,
    table.toString(),
  ].join("\n");
}

function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} s`;
}
