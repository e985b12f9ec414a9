import cronstrue from "cronstrue";
import { cronFields } from "../../../config/schedule/occurrences";
import type { Schedule } from "../../../contract/model";

/** A schedule in words, without its time zone: `At 06:30, Monday through Friday`. */
export function scheduleWords(schedule: Schedule): string {
  switch (schedule.kind) {
    case "on-demand":
      return "On demand";
    case "rate":
      return `Every ${schedule.expression.replace(/^rate\((?:1 )?(.*)\)$/, "$1")}, counted from its deployment`;
    case "cron":
      return cronstrue.toString(withSeconds(schedule.expression), {
        dayOfWeekStartIndexZero: false, // AWS: 1 is Sunday.
        use24HourTimeFormat: true,
      });
  }
}

/** The library takes six fields for seconds and no year, or the other way round, by what stands in them. */
const withSeconds = (expression: string) => `0 ${cronFields(expression).join(" ")}`;
