import type { Schedule } from "../../../contract/model";
import { inTimeZone } from "../../schedule/schedule";
import type { DefinitionFields, SyncFields } from "./definition-schema";

type ScheduleFields = Pick<DefinitionFields & SyncFields, "Schedule" | "ScheduleTimezone">;

/** The field that says when a sync runs: its own, or else the server's. */
export function scheduleField(sync: Pick<ScheduleFields, "Schedule">, server: Pick<ScheduleFields, "Schedule">) {
  return sync.Schedule.written === undefined ? server.Schedule : sync.Schedule;
}

/** When a sync runs; undefined where the schedule or its time zone is missing or wrong. */
export function scheduleOf(sync: ScheduleFields, server: ScheduleFields): Schedule | undefined {
  const schedule = scheduleField(sync, server).value;
  const timezone = (sync.ScheduleTimezone.written === undefined ? server : sync).ScheduleTimezone.value;
  return schedule === undefined || timezone === undefined ? undefined : inTimeZone(schedule, timezone);
}
