import { ACCOUNT_BYTES_PER_SECOND, connectorLimitsSchema } from "../contract/engine-settings";
import { RUN_FUNCTION_MEGABYTES } from "../contract/run-loop";
import { FILES_PER_CALL } from "../engine/transfers/batches";
import { type Amounts, dollarsFor, LIST_PRICES } from "../scripts/commands/cost/prices";
import type { BenchCase } from "./cases";
import type { ExecutionFigures, SliceFigures } from "./simulation/figures";
import type { S3Requests } from "./simulation/simulated-cloud";

/** What a run asks of AWS, and what that costs. */
export interface Economy {
  readonly transitions: number;
  readonly invocations: number;
  /** A function's memory, times the virtual time of its invocations: that of its requests and sleeps, none of its own processing. */
  readonly gigabyteSeconds: number;
  /** The engine's requests; beside them, the connector puts a listing for each folder, and each file. */
  readonly s3: S3Requests;
  readonly connectorPuts: number;
  /** At the list prices of `cost`, without logs, metrics and all that a month costs by itself. */
  readonly dollars: number;
  /** Of these, the connector's calls and data. */
  readonly connectorDollars: number;
  /** The same in the AWS sample, which calls for ten files of a folder, too. What else it takes of AWS, this project does not know. */
  readonly sampleConnectorDollars: number;
  /** On the virtual clock. */
  readonly seconds: number;
  readonly bound: Bound;
}

/** The least that a run can take within the limits of the simulation's service. */
export interface Bound {
  readonly seconds: number;
  readonly listings: number;
}

const GIBIBYTE = 1024 ** 3;

/** Of the bound, for whoever reads the figures. */
export const BOUND_FORMULA =
  "bound = max((folders - 1) / 3 a second + a listing, (levels + 1) listings one after the other, " +
  "the listings down to the first files + max(files x a file / connections, bytes / 50 MB a second))";

/** One run, or the runs of several syncs at a time. */
export interface Ran {
  readonly status: string;
  readonly folders: number;
  readonly transferred: number;
  readonly unchanged: number;
  /** Transferred. */
  readonly bytes: number;
  readonly slices: readonly SliceFigures[];
  readonly executions: readonly ExecutionFigures[];
  readonly seconds: number;
}

interface Asked extends Ran {
  readonly calls: { readonly listings: number; readonly transfers: number };
  readonly s3: S3Requests;
}

/** @param run from 1. */
export function economyOf(bench: BenchCase, run: number, asked: Asked): Economy {
  const { folders, transferred, bytes, slices, executions, seconds, calls, s3 } = asked;
  const transitions = executions.reduce((sum, execution) => sum + execution.transitions, 0);
  const lambdaSeconds = slices.reduce((sum, slice) => sum + slice.seconds, 0);
  const gigabyteSeconds = (lambdaSeconds * RUN_FUNCTION_MEGABYTES) / 1024;
  const connectorPuts = calls.listings + transferred;
  const connector = connectorAmounts(bytes, calls.listings + calls.transfers);
  const sampleCalls = folders + (transferred === 0 ? 0 : callsFor(bench, run));
  return {
    ...{ transitions, invocations: slices.length, gigabyteSeconds, s3, connectorPuts, seconds },
    dollars: dollarsFor(
      {
        ...connector,
        stateTransitions: transitions,
        lambdaRequests: slices.length,
        lambdaGigabyteSeconds: gigabyteSeconds,
        s3Writes: s3.write + s3.page + s3.remove + connectorPuts,
        s3Reads: s3.read + s3.head,
      },
      LIST_PRICES,
    ),
    connectorDollars: dollarsFor(connector, LIST_PRICES),
    sampleConnectorDollars: dollarsFor(connectorAmounts(bytes, sampleCalls), LIST_PRICES),
    bound: boundOf(bench, asked),
  };
}

/** The fewest for all new files, or for all changed ones: a call has one destination, and so is for one folder. */
function callsFor({ shape: { fanOut, files }, oneChangedOf = 1 }: BenchCase, run: number): number {
  let folders = 1;
  let calls = 0;
  for (const [level, count] of files.entries()) {
    folders *= level === 0 ? 1 : (fanOut[level - 1] ?? 1);
    calls += folders * Math.ceil(Math.ceil(count / (run === 1 ? 1 : oneChangedOf)) / FILES_PER_CALL);
  }
  return calls;
}

function connectorAmounts(bytes: number, connectorCalls: number): Amounts {
  return { connectorGibibytes: bytes / GIBIBYTE, connectorCalls };
}

function boundOf({ pace, levels, levelsToFiles }: BenchCase, { folders, transferred, bytes }: Ran): Bound {
  const { listingsPerSecond } = connectorLimitsSchema.parse({});
  const { listingSeconds, fileSeconds, connections } = pace;
  const listing = Math.max((folders - 1) / listingsPerSecond + listingSeconds, (levels + 1) * listingSeconds);
  const moving = Math.max((transferred * fileSeconds) / connections, bytes / ACCOUNT_BYTES_PER_SECOND);
  return {
    listings: folders,
    seconds: Math.max(listing, transferred === 0 ? 0 : (levelsToFiles + 1) * listingSeconds + moving),
  };
}
