import { GetScheduleCommand, ResourceNotFoundException, SchedulerClient } from "@aws-sdk/client-scheduler";
import { serverNames } from "../../../../config/naming/aws-names";
import { nextOccurrence } from "../../../../config/schedule/occurrences";
import { parseSchedule } from "../../../../config/schedule/schedule";
import type { DeployedSync } from "../access/deployed-syncs";
import type { AwsSession } from "../access/session";

/** When the schedule of a sync starts it. */
export interface NextRun {
  readonly sync: string;
  /** `on-demand`: it has none by its definition. `missing`: it should have one. */
  readonly state: "due" | "disabled" | "on-demand" | "missing";
  /** As EventBridge Scheduler has it: `cron(...)`, `rate(...)`. */
  readonly expression?: string;
  readonly timezone?: string;
  /** ISO 8601; absent for a rate, which counts from when the schedule was made, and where it is never due again. */
  readonly at?: string;
}

/** When the schedules start a server's syncs. @throws AwsFailure */
export async function nextRuns(session: AwsSession, syncs: readonly DeployedSync[], now: Date): Promise<NextRun[]> {
  const client = new SchedulerClient(session.config);
  const found: NextRun[] = [];
  try {
    for (const sync of syncs) {
      found.push(await nextRun(session, client, sync, now));
    }
    return found;
  } finally {
    client.destroy();
  }
}

async function nextRun(
  session: AwsSession,
  client: SchedulerClient,
  deployed: DeployedSync,
  now: Date,
): Promise<NextRun> {
  const { server, sync, event } = deployed;
  if (event?.Schedule === "on-demand") {
    return { sync, state: "on-demand" };
  }
  const names = serverNames(session.installation, server);
  const command = new GetScheduleCommand({ GroupName: names.scheduleGroup, Name: names.schedule(sync) });
  const schedule = await session.ask(`scheduler:GetSchedule ${names.scheduleGroup}/${names.schedule(sync)}`, () =>
    client.send(command).catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    }),
  );
  if (schedule === undefined) {
    return { sync, state: "missing" };
  }
  const { State, ScheduleExpression: expression = "", ScheduleExpressionTimezone: timezone = "UTC" } = schedule;
  if (State === "DISABLED") {
    return { sync, state: "disabled", expression, timezone };
  }
  const parsed = parseSchedule(expression, timezone).schedule;
  const at = parsed === undefined ? undefined : nextOccurrence(parsed, now)?.toISOString();
  return { sync, state: "due", expression, timezone, ...(at === undefined ? {} : { at }) };
}
