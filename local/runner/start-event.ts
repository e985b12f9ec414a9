import * as z from "zod";
import type { NamedSync, SyncDefinition } from "../../contract/model";
import { SCHEDULED_TIME_ATTRIBUTE } from "../../contract/run-event";
import type { Deployment, StartEvent } from "../deployment/deployment";
import { type Json, jsonSchema } from "../step-functions/json";

export interface StartOptions {
  /** Holds everything against S3. */
  readonly compare?: boolean | undefined;
  /** Holds only files with this modification time or later against S3: UTC seconds. */
  readonly fromTimestamp?: number | undefined;
  readonly dryRun?: boolean | undefined;
}

const eventSchema = z.record(z.string(), jsonSchema);

/**
 * The input with which a sync is started: its schedule's, as EventBridge Scheduler would send it now; or, in another mode
 * or without a schedule, the event from its SSM parameter, as a person would send it.
 */
export function startInput(
  deployment: Pick<Deployment, "schedules" | "parameters">,
  sync: NamedSync & Pick<SyncDefinition, "schedule">,
  options: StartOptions,
  now: Date,
): Json {
  if (modeFields(options) !== undefined || sync.schedule.kind === "on-demand") {
    return byHandInput(eventFor(deployment.parameters, sync), options);
  }
  const event = scheduled(eventFor(deployment.schedules, sync), now);
  return options.dryRun ? { ...event, DryRun: true } : event;
}

/** The event from a sync's SSM parameter, with what a person changes in it. @throws where it is no JSON object. */
export function byHandInput(json: string, options: StartOptions): Record<string, Json> {
  const event = { ...eventSchema.parse(JSON.parse(json)), ...modeFields(options) };
  return options.dryRun ? { ...event, DryRun: true } : event;
}

/** What a person changes in the event for another mode than its own. */
function modeFields({ compare = false, fromTimestamp }: StartOptions): Record<string, Json> | undefined {
  if (fromTimestamp !== undefined) {
    return { Mode: "since", FromTimestamp: fromTimestamp };
  }
  return compare ? { Mode: "compare" } : undefined;
}

function scheduled(json: string, now: Date): Record<string, Json> {
  const time = `${now.toISOString().slice(0, 19)}Z`;
  return eventSchema.parse(JSON.parse(json.replaceAll(SCHEDULED_TIME_ATTRIBUTE, time)));
}

function eventFor(events: readonly StartEvent[], { setting }: NamedSync): string {
  const found = events.find(({ sync }) => sync === setting.Name);
  if (found === undefined) {
    throw new Error(`The synthesized stack has no event for the sync ${setting.Name}`);
  }
  return found.json;
}
