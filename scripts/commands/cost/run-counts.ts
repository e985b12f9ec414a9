import type { ACCOUNT_BYTES_PER_SECOND, EngineSettings } from "../../../contract/engine-settings";
import { RUN_FUNCTION_MEGABYTES, RUN_LOOP } from "../../../contract/run-loop";
import { LISTING_SECONDS } from "../../../engine/listing/listing-seconds";
import { MAX_HEADS } from "../../../engine/target/target-objects";
import { FILES_PER_CALL } from "../../../engine/transfers/batches";
import type { Amounts } from "./prices";

/** What a run meets on the server. */
export interface RunVolume {
  /** Folders that it lists, the sync's own among them. */
  readonly folders: number;
  /** Files that it copies, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Calls of StartFileTransfer, where they are known. */
  readonly calls?: number;
}

/** Limits that a run works within, and how fast files arrive. */
export interface RunPace extends Pick<EngineSettings, "connectorLimits" | "timeouts" | "roundsPerExecution"> {
  /** At most {@link ACCOUNT_BYTES_PER_SECOND}. */
  readonly bytesPerSecond: number;
}

/** How often a run asks AWS for something. Averages have fractions. */
export interface RunCounts {
  readonly listings: number;
  /** Calls of StartFileTransfer where the files lie in as few folders as they can; a call is for one folder. */
  readonly transfers: number;
  /** The same where they lie in as many as they can. */
  readonly mostTransfers: number;
  readonly rounds: number;
  readonly executions: number;
  readonly invocations: number;
  readonly transitions: number;
  readonly lambdaSeconds: number;
  readonly s3Writes: number;
  readonly s3Reads: number;
}

const GIBIBYTE = 1024 ** 3;

/**
 * Bytes of log of an invocation, with Lambda's own lines, and of a file in the connector's log. Assumed; on AWS, the metric
 * IncomingBytes of a log group tells.
 */
const LOG_BYTES = { invocation: 2000, file: 1000 };

/** Where files come in, looking for them takes three rounds more than waiting for them. */
const ROUNDS_AROUND_TRANSFERS = 3;

/** States of a round: each function's, its Choice where its answer may end the loop, and the pause. */
const STATES_PER_ROUND = RUN_LOOP.reduce(
  (sum, { ends, waits }) => sum + 1 + Number(Object.keys(ends).length > 0) + Number(waits),
  0,
);

/** FinishRun, HasRunFailed and RunSucceeded, in the place of the last round's pause. */
const STATES_AT_END = 3 - 1;

/** PrepareRun, in each execution of a run. */
const STATES_AT_START = 1;

/**
 * What a run asks for, by this formula. It stands for a run in which nothing fails, and that has the connector for itself.
 *
 * - A listing for each folder; a transfer for ten files of a folder at most.
 * - A round starts the listings of ten seconds, one more shows that nothing is left, and each level of folders takes one.
 *   Two levels are assumed where there is more than one folder.
 * - While files come in, a round passes for each full queue of the connector, and at least one for each `timeouts.maxWait`.
 * - A round has six states and three invocations, an execution one state more, and the end two and an invocation. Where a run
 *   goes on in a further execution, that takes the place of a pause.
 * - Requests to S3 and seconds of Lambda are sums over rounds, folders, and transfers, with factors that a test holds against
 *   the simulation of a run. Its requests' durations are assumptions: nothing was measured at AWS.
 */
export function countsOfRun(volume: RunVolume, pace: RunPace): RunCounts {
  const { folders, files, bytes } = volume;
  const { connectorLimits, timeouts, roundsPerExecution, bytesPerSecond } = pace;
  const transfers = volume.calls ?? Math.ceil(files / FILES_PER_CALL);
  const withFiles = Math.min(folders, files);
  const perRound = Math.max(1, Math.floor(connectorLimits.listingsPerSecond * LISTING_SECONDS));
  const listingRounds = Math.ceil(folders / perRound) + (folders > 1 ? 2 : 1);
  const transferRounds =
    files === 0
      ? 0
      : ROUNDS_AROUND_TRANSFERS +
        Math.ceil(Math.max(bytes / bytesPerSecond / timeouts.maxWait, files / connectorLimits.pendingFiles));
  const rounds = listingRounds + transferRounds;
  const executions = Math.ceil(rounds / roundsPerExecution);
  const areFewInAFolder = files > 0 && files / withFiles <= MAX_HEADS;
  return {
    listings: folders,
    transfers,
    mostTransfers: volume.calls ?? mostTransfers(folders, files),
    rounds,
    executions,
    invocations: RUN_LOOP.length * rounds + 1,
    transitions: STATES_PER_ROUND * rounds + STATES_AT_START * executions + STATES_AT_END,
    lambdaSeconds: 0.5 * listingRounds + 0.9 * transferRounds + 0.45 * folders + 0.35 * transfers + 0.2 * withFiles,
    // Besides its own: the connector writes each listing and each file.
    s3Writes:
      10 * listingRounds +
      4 * transferRounds +
      0.4 * transfers +
      2 * withFiles +
      (areFewInAFolder ? 0 : 2 * withFiles) +
      folders +
      files,
    s3Reads: 7 * rounds + 3 * folders + transfers + 2 * withFiles + (areFewInAFolder ? 2 * files : 0),
  };
}

/** Files spread so that each folder has a call that is not full. */
function mostTransfers(folders: number, files: number): number {
  const spread = Math.min(folders, files);
  return spread + Math.floor((files - spread) / FILES_PER_CALL);
}

/** What a run is charged for, by the names of prices. */
export function amountsOfRun({ files, bytes }: RunVolume, counts: RunCounts): Amounts {
  const { listings, transfers, transitions, invocations, lambdaSeconds, s3Reads, s3Writes } = counts;
  return {
    connectorGibibytes: bytes / GIBIBYTE,
    connectorCalls: listings + transfers,
    stateTransitions: transitions,
    lambdaRequests: invocations,
    lambdaGigabyteSeconds: (lambdaSeconds * RUN_FUNCTION_MEGABYTES) / 1024,
    s3Writes,
    s3Reads,
    logGigabytes: (LOG_BYTES.invocation * invocations + LOG_BYTES.file * files) / 1000 ** 3,
  };
}
