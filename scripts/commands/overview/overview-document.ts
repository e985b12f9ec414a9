import type { InstallationOverview } from "./installation-overview";
import { minuteAt, type Week } from "./week";

/** The overview as `--json` has it: all times ISO 8601. */
export function overviewDocument({ now, week, ...others }: InstallationOverview) {
  return { time: now.toISOString(), ...others, week: weekDocument(week) };
}

function weekDocument(week: Week) {
  const time = (minute: number) => minuteAt(week, minute).toISOString();
  const { busiest, collisions, unplaced, from, starts } = week;
  return {
    from: from.toISOString(),
    to: time(starts.length),
    runs: starts.reduce((sum, one) => sum + one, 0),
    ...(busiest === undefined ? {} : { busiest: { time: time(busiest.minute), runs: busiest.runs } }),
    collisions: collisions.map(({ minutes, ...collision }) => ({ ...collision, times: minutes.map(time) })),
    unplaced,
  };
}
