import * as z from "zod";
import { runLimitsSchema } from "../../contract/engine-settings";
import { failureSchema } from "../failures/failure";
import { planSchema } from "../plan";

export const chunkEntrySchema = z.object({
  id: z.string(),
  /** Items in it, or in the chunks that it names. */
  count: z.int().min(1),
  /** 0: a chunk of items; more: a list of entries of the level below. */
  level: z.int().min(0).default(0),
});

const queueStateSchema = z.object({
  /** What still holds items, in order. */
  chunks: z.array(chunkEntrySchema),
  /** Items of the first chunk that are already taken. */
  taken: z.int().min(0),
});

const countersSchema = z.object({
  foldersListed: z.int(),
  foldersFailed: z.int(),
  /** Missing folders that the definition tolerates, and folders that vanished after their parent had named them. */
  foldersMissing: z.int(),
  foldersTruncated: z.int(),
  /** Seen in their parents' listings, and below MaxDepth. */
  foldersTooDeep: z.int(),
  /** Seen in their parents' listings, and not listed, since no wanted file can lie in them. */
  foldersSpared: z.int().default(0),
  /** Put on the frontier, the sync's own folder among them. What an earlier version has found does not count. */
  foldersFound: z.int().default(0),
  /** Seen in their parents' listings, and not listed, since the run lists no more. */
  foldersBeyondLimit: z.int().default(0),
  /** Entries in the listings so far. */
  entriesListed: z.int().default(0),
  /** Entries that a decision was made about: files, and folders that cannot be asked for. */
  seen: z.int(),
  transferred: z.int(),
  failed: z.int(),
  wouldTransfer: z.int(),
  /** Bytes of what was transferred, or in a dry run would be. */
  bytes: z.number(),
  /** Bytes that were asked for, in a dry run or would be: as listed, or as many as arrived where that was more. */
  bytesAsked: z.number().default(0),
  resentInDoubt: z.int(),
  /** Entries that were not transferred, by reason. */
  skipped: z.record(z.string(), z.int()),
});

/** A limit of the run that was met, with its value then. */
const reachedLimitSchema = z.object({ setting: runLimitsSchema.keyof(), value: z.int() });

/** Listings that were started together and write into one folder of S3. */
const waveSchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  /** The root's revision when they were announced. Absent in what an earlier version wrote. */
  revision: z.int().default(0),
  /** Listings and files under way then, these among them. Absent in what an earlier version wrote. */
  together: z.int().default(1),
  /** Positions in the wave's chunk of listings that have not answered. */
  pending: z.array(z.int()),
});

/** How a run goes on in which connections failed: the server may take fewer than the connector makes. */
const fewerConnectionsSchema = z.object({
  /** Listings and files that may be under way at a time; absent: as many as the connector takes. */
  atOnce: z.int().min(1).optional(),
  /** The least that this has been. */
  fewest: z.int().min(1).optional(),
  /** The revision as of which it holds. */
  since: z.int().min(0),
  /** Listings and files asked for since that the server answered, and those that failed for their connection. */
  answered: z.int().min(0),
  failed: z.int().min(0),
  /** How many of them were answered one after the other up to now; negative: how many failed so. */
  inARow: z.int(),
  /** So many have to be answered before more are tried at a time. */
  trialAfter: z.int().min(1),
  /** Whether more are tried now than a moment ago. */
  isTrial: z.boolean(),
  /** Whether anything was answered while there were fewer. */
  isConfirmed: z.boolean(),
  /** The server is gone, whatever their number: it is not limited until it answers again. */
  isGivenUp: z.boolean(),
  /** What the service said of the first connection that failed. */
  words: z.string(),
});

/** Calls of StartFileTransfer that were made together, after their intent was written down. */
export const transferGroupSchema = z.object({
  /** Key of the intent. It may be an earlier run's, taken over with its lock. */
  key: z.string(),
  startedAt: z.string(),
  /** The root's revision when they were announced; of a group that was taken over, the earlier run's. Absent in what an earlier version wrote. */
  revision: z.int().default(0),
  /** Listings and files under way then, these among them. Absent in what an earlier version wrote. */
  together: z.int().default(1),
  /** Positions in the intent of batches without a terminal status. */
  pending: z.array(z.int()),
  /** Files in those batches: they occupy the connector's queue. */
  files: z.int(),
  /**
   * Whether each of those batches is known to be in the queue: nothing has to be done before its turn comes. Absent in what
   * an earlier version wrote.
   */
  queued: z.boolean().default(false),
});

/**
 * The small object that a run's slices pass on: counters and cursors. Whatever grows with the tree lies in chunks that
 * are written once. Only this object is replaced, always under If-Match, so that a second invocation of a slice and a
 * zombie of an earlier one fail here, at the fence.
 */
export const rootSchema = z.object({
  version: z.literal(1),
  /** Commits so far. */
  revision: z.int(),
  /** The run's execution that is at work. */
  part: z.int().min(1),
  /** Rounds of the loop in that execution. */
  rounds: z.int().min(0),
  /** Token of the last commit, by which its writer knows its own write again. */
  writer: z.string(),
  /**
   * The run that took this one's place, or this one itself, once it has ended: from then on nothing of it may work any
   * more, not a redriven execution, nor a Lambda that is invoked once more.
   */
  takenOverBy: z.string().optional(),
  /** The folder with its date tags resolved, once for the whole run. */
  folder: z.string(),
  /** With `ChangeDetection: modified-time`: only what was modified after this. */
  windowStart: z.string().optional(),
  startedAt: z.string(),
  /** When the run stops starting work and ends in order. */
  deadline: z.string(),
  queues: z.object({
    /** Folders to list. */
    frontier: queueStateSchema,
    /** Folders whose listing failed, to be listed again later. Absent in what an earlier version wrote. */
    repeats: queueStateSchema.prefault({ chunks: [], taken: 0 }),
    /** Folders listed and not yet decided. */
    folders: queueStateSchema,
    /** Batches to transfer. */
    batches: queueStateSchema,
    /** What went wrong, one entry per path; never taken, only read for the report. */
    failures: queueStateSchema,
    /** Files that were transferred, or in a dry run would be; the same. Absent in what an earlier version wrote. */
    files: queueStateSchema.prefault({ chunks: [], taken: 0 }),
    /** Files that were skipped, as far as they are named; the same. Absent in what an earlier version wrote. */
    skipped: queueStateSchema.prefault({ chunks: [], taken: 0 }),
    /** Of a dry run: those of them that are unchanged. */
    unchanged: queueStateSchema.prefault({ chunks: [], taken: 0 }),
  }),
  /** The first failure of each name: the run is named after the gravest, however many there are. */
  firstFailures: z.array(failureSchema).default([]),
  /** Paths of the first entries that cannot be copied for their name or size: examples for the report. */
  uncopyable: z.array(z.string()).default([]),
  /** Of a dry run. */
  plan: planSchema.optional(),
  waves: z.array(waveSchema),
  transfers: z.array(transferGroupSchema),
  counters: countersSchema,
  /** Ends the run early, in order. */
  error: z.object({ name: z.string(), message: z.string() }).optional(),
  /** Limits of the run that were met: what is beyond them is not taken on, and the run fails at its end. */
  limitsReached: z.array(reachedLimitSchema).default([]),
  /** No Start* call before this time: the service asked for a pause. */
  pausedUntil: z.string().optional(),
  /**
   * When the connector was found not to be ready: until it is, nothing is asked of it but that. Absent in what an earlier
   * version wrote, as in a run whose connector is ready.
   */
  notReadySince: z.string().optional(),
  /** No listing before this time: the one before it has used up the run's share of the rate. */
  listingsPacedUntil: z.string().optional(),
  /** When transfers were last seen in flight: until then listings may have waited behind them in the connector's queue. */
  transfersSeenAt: z.string().optional(),
  /** Absent as long as no connection failed. */
  fewerConnections: fewerConnectionsSchema.optional(),
  /** Seconds of the last wait; grows while nothing moves. */
  lastWait: z.int().min(0),
  /** When the results of transfers were last read: what has ended since then tells how fast files arrive. */
  resultsReadAt: z.string().optional(),
  warnings: z.array(z.string()),
});

export type ChunkEntry = z.infer<typeof chunkEntrySchema>;
export type QueueState = z.infer<typeof queueStateSchema>;
export type FewerConnections = z.infer<typeof fewerConnectionsSchema>;
export type QueueName = keyof Root["queues"];
export type Counters = z.infer<typeof countersSchema>;
export type Wave = z.infer<typeof waveSchema>;
export type TransferGroup = z.infer<typeof transferGroupSchema>;
/** Mutable on purpose: a slice works on its copy and commits it. */
export type Root = z.infer<typeof rootSchema>;

export interface NewRoot {
  readonly folder: string;
  readonly windowStart: Date | undefined;
  readonly startedAt: Date;
  readonly deadline: Date;
  /** What an earlier run left behind, to be reconciled first. */
  readonly transfers: readonly TransferGroup[];
}

/** The root of a run that begins: nothing listed, decided or counted yet. */
export function newRoot({ folder, windowStart, startedAt, deadline, transfers }: NewRoot): Root {
  const empty = (): QueueState => ({ chunks: [], taken: 0 });
  return {
    version: 1,
    revision: 0,
    part: 1,
    rounds: 0,
    writer: "",
    folder,
    ...(windowStart === undefined ? {} : { windowStart: windowStart.toISOString() }),
    startedAt: startedAt.toISOString(),
    deadline: deadline.toISOString(),
    queues: {
      frontier: empty(),
      repeats: empty(),
      folders: empty(),
      batches: empty(),
      failures: empty(),
      files: empty(),
      skipped: empty(),
      unchanged: empty(),
    },
    firstFailures: [],
    limitsReached: [],
    uncopyable: [],
    waves: [],
    transfers: [...transfers],
    counters: {
      foldersListed: 0,
      foldersFailed: 0,
      foldersMissing: 0,
      foldersTruncated: 0,
      foldersTooDeep: 0,
      foldersSpared: 0,
      foldersFound: 0,
      foldersBeyondLimit: 0,
      entriesListed: 0,
      seen: 0,
      transferred: 0,
      failed: 0,
      wouldTransfer: 0,
      bytes: 0,
      bytesAsked: 0,
      resentInDoubt: 0,
      skipped: {},
    },
    lastWait: 0,
    warnings: [],
  };
}
