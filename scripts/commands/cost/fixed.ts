import type { Settings } from "../../../config/settings/settings";
import type { ServerDefinition } from "../../../contract/model";
import { RUN_FUNCTIONS } from "../../../contract/run-loop";
import { successWatch } from "../../../stacks/constructs/monitoring/success-watch";
import type { Amounts } from "./prices";

type FixedSettings = Pick<Settings, "dashboards" | "alarms">;

/** Metrics that a server's alarms watch, beside the errors of its functions: three outcomes, its connector, two of its schedules, throttling. */
const WATCHED = 7;

/** What the stack of a server costs in a month in which nothing runs. */
export function fixedAmounts({ syncs }: ServerDefinition, { dashboards, alarms }: FixedSettings): Amounts {
  const watchedSyncs = syncs.filter((sync) => !("reason" in successWatch(sync, alarms.graceSeconds))).length;
  return {
    secrets: 1,
    alarmMetrics: WATCHED + RUN_FUNCTIONS.length + watchedSyncs,
    dashboards: dashboards ? 1 : 0,
  };
}

/** The same of the shared stack, which all servers have in common. */
export const SHARED_AMOUNTS: Amounts = { keys: 1, alarmMetrics: 3, dashboards: 1 };
