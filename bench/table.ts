import Table from "cli-table3";
import { formatDollars } from "../scripts/commands/cost/dollars";
import { formatBytes } from "../scripts/commands/figures";
import { type Goal, goalsOf, isMet, perThousandFiles } from "./goals";
import type { BenchRun } from "./measure";

const HEAD = ["Function", "Slices", "Longest", "CPU", "Heap", "Resident", "Written", "Objects", "Root", "Payload"];

/** What a person reads: a table for each run, the functions in rows, with the most of any of their slices. */
export function benchTable(benchRun: BenchRun): string {
  const { title, run, functions, totals } = benchRun;
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
    ...economyLines(totals),
    ...goalsOf(benchRun).map(goalLine),
    // Several at a time share a process.
    ...(functions.every(({ heapBytes }) => heapBytes === 0) ? [] : [table.toString()]),
  ].join("\n");
}

function economyLines(totals: BenchRun["totals"]): string[] {
  const { economy, idleShare } = totals;
  const { transitions, invocations, gigabyteSeconds, s3, connectorPuts, bound } = economy;
  const each = perThousandFiles(totals);
  const idle =
    idleShare === undefined ? "" : `, connections idle for ${(100 * idleShare).toFixed(1)}% after the first listing`;
  return [
    `${seconds(economy.seconds)} beside a bound of ${seconds(bound.seconds)}${idle}`,
    `for 1,000 files: ${each(transitions).toFixed(1)} transitions, ${each(invocations).toFixed(1)} invocations, ` +
      `${each(gigabyteSeconds).toFixed(1)} GB-seconds`,
    `S3: ${s3.read} GET, ${s3.head} HEAD, ${s3.write} PUT, ${s3.page} LIST, ${s3.remove} DELETE; by the connector ${connectorPuts} PUT`,
    `${formatDollars(economy.dollars)}, of which ${formatDollars(economy.connectorDollars)} are the connector's; ` +
      `the sample's connector ${formatDollars(economy.sampleConnectorDollars)}`,
  ];
}

function goalLine(goal: Goal): string {
  return `${isMet(goal) ? "met" : "MISSED"}: ${goal.what} ${goal.value.toFixed(2)}, at most ${goal.most.toFixed(2)}`;
}

function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} s`;
}
