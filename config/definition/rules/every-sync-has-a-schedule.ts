import { error } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";
import { SCHEDULE_FORMS } from "../../schedule/schedule";
import type { DefinitionFields } from "../form/definition-schema";

/** The server's schedule is for the syncs without their own; a sync with neither would never say when it runs. */
export function everySyncHasASchedule({ Schedule, SyncSettings }: DefinitionFields): PlacedFinding[] {
  if (Schedule.written !== undefined) {
    return [];
  }
  const without = SyncSettings.items.flatMap(({ fields }) =>
    fields !== undefined && fields.Schedule.written === undefined ? [fields.Schedule] : [],
  );
  if (without.length === SyncSettings.items.length) {
    return [{ path: Schedule.path, part: "value", finding: error("is missing", { allowed: SCHEDULE_FORMS }) }];
  }
  return without.map(({ path }) => ({
    path,
    part: "value",
    finding: error("is missing, and the server has none either", { allowed: SCHEDULE_FORMS }),
  }));
}
