import type { BenchRun } from "./measure";

export interface Goal {
  readonly what: string;
  readonly value: number;
  readonly most: number;
}

/** The cases whose transitions and GB-seconds have goals. */
const LARGE: readonly string[] = ["tenth", "million"];

/** What is aimed at, and what a run came to. */
export function goalsOf({ name, totals }: Pick<BenchRun, "name" | "totals">): Goal[] {
  const { economy, calls } = totals;
  const { bound, seconds, transitions, gigabyteSeconds, connectorDollars, sampleConnectorDollars } = economy;
  const each = perThousandFiles(totals);
  return [
    { what: "time, of the bound", value: seconds / bound.seconds, most: 1.03 },
    { what: "listings, of the bound", value: calls.listings / bound.listings, most: 1.05 },
    ...(LARGE.includes(name)
      ? [
          { what: "transitions for 1,000 files", value: each(transitions), most: 12 },
          { what: "GB-seconds for 1,000 files", value: each(gigabyteSeconds), most: 40 },
        ]
      : []),
    {
      what: "connector's dollars, beside the sample's",
      value: cents(connectorDollars),
      most: cents(sampleConnectorDollars),
    },
  ];
}

export const isMet = ({ value, most }: Goal): boolean => value <= most;

/** So much for each thousand of the files that a run looked at; of all where there are fewer. */
export function perThousandFiles({ files }: Pick<BenchRun["totals"], "files">): (amount: number) => number {
  return (amount) => (amount * 1000) / Math.max(files, 1000);
}

/** As a bill has it. */
function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
