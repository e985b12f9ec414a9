import type { RunContext } from "../../../engine/run-context";
import { type RunOptions, runContext } from "../../engine/support/run-input";
import { FILTERS } from "./filters";
import type { ExecutionPlan } from "./scenario";
import type { Sync } from "./syncs";

/** How far a run `since` looks back. */
const SINCE_SECONDS = 900;

/** A run as its schedule, or a person, starts it now. */
export function startedRun(
  run: string,
  kind: ExecutionPlan["kind"],
  sync: Sync,
  prefix: string,
  now: Date,
): RunContext {
  const { filter, ...options } = sync.options;
  const { include, exclude } = FILTERS[filter];
  return runContext({
    ...options,
    ...startOf(kind, now),
    run,
    include,
    exclude,
    prefix,
    syncName: sync.name,
    // A server may list sizes that never arrive: only so does that come to an end.
    sizeMismatch: "accept",
    folder: sync.root,
    startedAt: now,
  });
}

function startOf(kind: ExecutionPlan["kind"], now: Date): RunOptions {
  const fromTimestamp = Math.floor(now.getTime() / 1000) - SINCE_SECONDS;
  switch (kind) {
    case "scheduled":
      return { mode: "as-scheduled", scheduledTime: now.toISOString() };
    case "by-hand":
      return { mode: "as-scheduled" };
    case "compare":
      return { mode: "compare" };
    case "since":
      return { mode: "since", fromTimestamp };
    case "old-compare":
      return { fromTimestamp: 0 };
    case "old-since":
      return { fromTimestamp };
    case "dry":
      return { scheduledTime: now.toISOString(), dryRun: true };
  }
}
