import type { Schedule } from "../../contract/model";

/** @param fields the six of a cron expression. */
export function cron(fields: string, timezone = "UTC"): Schedule {
  return { kind: "cron", expression: `cron(${fields})`, timezone };
}
