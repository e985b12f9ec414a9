import type { ConnectorService } from "../../../engine/ports/services";
import type { ResultPath } from "../../../local/faults/result-paths";
import type { Filter } from "./filters";

/** What a property run is made of: plain data, so that fast-check can print and shrink it. */
export interface Scenario {
  readonly options: WorldOptions;
  readonly tree: readonly Change[];
  readonly steps: readonly Step[];
  /** Seconds between the runs that come once the faults are over. */
  readonly pause: number;
  /** Seed of the engine's jitter. */
  readonly jitter: number;
}

export interface WorldOptions {
  /** Those of one server: they share its connector. */
  readonly syncs: readonly SyncOptions[];
  readonly roundsPerExecution: number;
  /** Room in the connector's queue. */
  readonly pendingFiles: number;
  readonly dialect: Dialect;
}

/** As in a definition. */
export interface SyncOptions {
  readonly changeDetection: "ledger" | "modified-time";
  readonly filter: Filter;
  readonly recursive: boolean;
  readonly maxDepth: number;
  readonly minimumAgeSeconds: number;
  readonly missingFolder: "fail" | "ignore";
  readonly missingObject: "fail" | "accept";
}

/** How a connector writes what the documentation says in more than one way. */
export interface Dialect {
  /** `omitted`: only where nothing is cut off. */
  readonly truncated: "text" | "boolean" | "omitted";
  readonly sizes: "number" | "text";
  /** `slashless`: the whole path, but for the first slash; `bare`: the name. */
  readonly paths: "absolute" | "slashless" | "bare";
  /** Seconds, as a number or as text. */
  readonly times: "iso" | "number" | "text";
  /** What the server does not say is `null`, something that is no value, or not there. */
  readonly unknown: "null" | "odd" | "omitted";
  /** `told`: a folder without anything in it gets no output, only the event of a completed listing. */
  readonly emptyFolders: "written" | "told";
  /** How results of transfers name their files. */
  readonly resultPaths: ResultPath;
  /** `renamed`: results that completed have a status of their own. `gaps`: they are not told at all. */
  readonly completed: "told" | "renamed" | "gaps" | "twice";
}

/** `lastHour`: a good hour ago. `first`: the first second of 1970; `before`: earlier. */
export type Time = "missing" | "old" | "lastHour" | "new" | "future" | "first" | "before";

/** Positions (`at`, `sync`) count round what is there. */
export type Change =
  /** `path` is below the sync's folder. */
  | {
      readonly kind: "add";
      readonly sync: number;
      readonly path: string;
      readonly size: number | undefined;
      readonly time: Time;
    }
  | { readonly kind: "addMany"; readonly sync: number; readonly count: number }
  | { readonly kind: "resize"; readonly at: number }
  | { readonly kind: "touch"; readonly at: number; readonly time: "old" | "new" }
  | { readonly kind: "replaceByFolder"; readonly at: number }
  | { readonly kind: "remove"; readonly at: number }
  | { readonly kind: "removeFolder"; readonly at: number }
  /** The sync's own folder, until something is put there. */
  | { readonly kind: "removeRoot"; readonly sync: number }
  /** The file that was removed last comes back as it was, or as another one of its size with an older time. */
  | { readonly kind: "restore"; readonly as: "it was" | "another" }
  /** The folder that was removed last comes back as it was. */
  | { readonly kind: "restoreFolder" }
  /** A file's version before the present one is there again. */
  | { readonly kind: "revert"; readonly at: number }
  /** From now on the server lists a size that never arrives. */
  | { readonly kind: "lie"; readonly at: number }
  /** The server's clocks change: all its times move. */
  | { readonly kind: "shift"; readonly hours: number }
  | { readonly kind: "deleteFromS3"; readonly at: number }
  | { readonly kind: "loseLedger" }
  /** From now on the definition names another prefix of the same bucket. */
  | { readonly kind: "moveTarget" }
  | { readonly kind: "pass"; readonly seconds: number };

/** Changes, and then executions under faults until all of them have ended. */
export interface Step {
  readonly changes: readonly Change[];
  readonly executions: readonly ExecutionPlan[];
  /** Which of the live executions goes on next, round and round. */
  readonly turns: readonly number[];
  /** Changes between two slices. */
  readonly meanwhile: readonly { readonly turn: number; readonly change: Change }[];
  readonly faults: readonly Fault[];
  /** Every so many Start* calls are refused; 0: none. */
  readonly throttleEvery: number;
  readonly refusal: Refusal;
  /** Files that the connector moves between two slices. */
  readonly pace: number;
  /** Before anything else, the execution that was killed last is redriven. */
  readonly redrive: boolean;
  /** Whether the secret has a value. */
  readonly credentials: boolean;
  /** From the start of a run to its deadline. */
  readonly runSeconds: number;
}

export const START_KINDS = [
  "scheduled",
  /** As the schedule would, by the event of the sync's parameter. */
  "by-hand",
  "compare",
  /** For files of the last quarter of an hour. */
  "since",
  /** `compare` and `since` as an earlier version's events say it. */
  "old-compare",
  "old-since",
  "dry",
] as const;

export type StartKind = (typeof START_KINDS)[number];

export interface ExecutionPlan {
  readonly kind: StartKind;
  readonly sync: number;
}

/** How the service says *later*. */
export const REFUSALS = ["throttled", "throttledFor", "unavailable", "neverReached"] as const;

export type Refusal = (typeof REFUSALS)[number];

export const EFFECTS = {
  /** A state of the state machine that is entered (`before`) or left (`after`). */
  slice: ["kill", "late"],
  read: ["crash", "kill", "error", "zombie", "twin", "straggle", "rival"],
  list: ["crash", "kill", "error", "zombie", "twin", "straggle", "rival"],
  head: ["crash", "kill", "error", "zombie", "twin", "straggle"],
  write: ["crash", "kill", "error", "repeat", "zombie", "twin", "straggle", "rival"],
  remove: ["crash", "kill", "error", "repeat", "rival"],
  isRunning: ["crash", "kill", "error", "rival"],
  start: ["crash", "kill", "error", "rival"],
  startListing: ["crash", "kill", "error", "refuse", "unready", "deny", "zombie", "twin", "straggle"],
  startTransfer: ["crash", "kill", "error", "refuse", "unready", "reject", "deny", "zombie", "twin", "straggle"],
  results: ["crash", "kill", "error", "forget", "zombie", "twin", "straggle"],
  hasSecret: ["crash", "kill", "error"],
  describe: ["crash", "kill", "error", "unready"],
  /** What becomes of a listing that was started. */
  listing: ["fail", "failLate", "failTwice", "deny", "silence", "truncate", "garbage", "delay", "strangers"],
  /** What becomes of a file that was asked for. */
  file: ["fail", "deny", "gone", "stick"],
} as const satisfies Record<string, readonly Effect[]>;

/** What faults strike, and what else a connector is asked for. */
export type Operation = keyof typeof EFFECTS | keyof ConnectorService;

export type Effect =
  /** The Lambda dies, and is invoked again. */
  | "crash"
  /** The Lambda dies with its execution. */
  | "kill"
  /** The call fails; with `after`, although it had its effect. */
  | "error"
  /** The SDK repeats a request that had its effect. */
  | "repeat"
  /** The execution is dead and another one at work before the Lambda goes on. */
  | "zombie"
  /** The slice runs a second time in the middle of the first. */
  | "twin"
  /** The execution goes on without waiting for this Lambda, which goes on too. */
  | "straggle"
  /** The same invocation comes a second time, some slices later. */
  | "late"
  /** Another execution of the sync starts. */
  | "rival"
  | "refuse"
  /** The connector is being updated. */
  | "unready"
  | "reject"
  | "deny"
  | "forget"
  | "fail"
  /** Others' events overtake that of this failure. */
  | "failLate"
  /** The event of the failure comes again, some slices later. */
  | "failTwice"
  | "silence"
  | "truncate"
  | "garbage"
  | "delay"
  | "strangers"
  | "gone"
  | "stick";

export interface Fault {
  readonly operation: Operation;
  /** The how-many-eth of these operations in the step; counts from 1. */
  readonly nth: number;
  readonly effect: Effect;
  readonly moment: "before" | "after";
  /** How far others get meanwhile, in slices. */
  readonly slices: number;
  /** What changes before these others go on. */
  readonly changes: readonly Change[];
}

/** Nothing goes wrong, and nothing changes. */
export const QUIET_STEP: Step = {
  changes: [],
  executions: [{ kind: "scheduled", sync: 0 }],
  turns: [0],
  meanwhile: [],
  faults: [],
  throttleEvery: 0,
  refusal: "throttled",
  pace: 1000,
  redrive: false,
  credentials: true,
  runSeconds: 86_400,
};
