import type { Usage } from "./measure-process";

/** What is measured beside others: ours, a peer, another build. */
export interface Contender {
  readonly name: string;
  /** Puts everything as it is to be found; not measured. */
  prepare?(): Promise<void>;
  measure(): Promise<Usage>;
}

/** The middle of what several rounds took, each figure by itself. */
export interface Median extends Usage {
  readonly name: string;
}

/** Measures all in turn, round after round, so that whatever else the machine does meets all of them. */
export async function alternate(contenders: readonly Contender[], rounds: number): Promise<Median[]> {
  const usages = new Map<string, Usage[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, prepare, measure } of contenders) {
      await prepare?.();
      usages.get(name)?.push(await measure());
    }
  }
  return [...usages].map(([name, all]) => ({
    name,
    wallSeconds: median(all.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
    peakBytes: median(all.map(({ peakBytes }) => peakBytes)),
  }));
}

/** @throws RangeError of no numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [upper, lower] = [sorted[middle], sorted.length % 2 === 0 ? sorted[middle - 1] : sorted[middle]];
  if (upper === undefined || lower === undefined) {
    throw new RangeError("there is no median of nothing");
  }
  return (upper + lower) / 2;
}
