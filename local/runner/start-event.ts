import { z } from "zod";
import type { NamedSync, SyncDefinition } from "../../contract/model";
import { SCHEDULED_TIME_ATTRIBUTE } from "../../contract/run-event";
import type { Deployment, StartEvent } from "../deployment/deployment";
import { type Json, jsonSchema } from "../step-functions/json";

export interface StartOptions {
  readonly fromTimestamp: number | undefined;
  readonly dryRun: boolean;
}

const eventSchema = z.record(z.string(), jsonSchema);

/**
 * The input with which a sync is started: its schedule's, as EventBridge Scheduler would send it now; or, with a
 * timestamp or without a schedule, the event from its SSM parameter, as a person would send it.
 */
export function startInput(
  deployment: Pick<Deployment, "schedules" | "parameters">,
  sync: NamedSync & Pick<SyncDefinition, "schedule">,
  { fromTimestamp, dryRun }: StartOptions,
  now: Date,
): Json {
  const event =
    fromTimestamp === undefined && sync.schedule.kind !== "on-demand"
      ? scheduled(eventFor(deployment.schedules, sync), now)
      : onDemand(eventFor(deployment.parameters, sync), fromTimestamp);
  return dryRun ? { ...event, DryRun: true } : event;
}

function scheduled(json: string, now: Date): Record<string, Json> {
  const time = `${now.toISOString().slice(0, 19)}Z`;
  return eventSchema.parse(JSON.parse(json.replaceAll(SCHEDULED_TIME_ATTRIBUTE, time)));
}

/** Without a timestamp the run decides by the ledger, like a scheduled one. */
function onDemand(json: string, fromTimestamp: number | undefined): Record<string, Json> {
  const { FromTimestamp: _, ...event } = eventSchema.parse(JSON.parse(json));
  return fromTimestamp === undefined ? event : { ...event, FromTimestamp: fromTimestamp };
}

function eventFor(events: readonly StartEvent[], { setting }: NamedSync): string {
  const found = events.find(({ sync }) => sync === setting.Name);
  if (found === undefined) {
    throw new Error(`The synthesized stack has no event for the sync ${setting.Name}`);
  }
  return found.json;
}
