import type { Interception } from "../runner/interception";
import type { FaultPlan } from "./faults-schema";
import { FaultyConnections } from "./faulty-connections";
import { faultyDescriptions } from "./faulty-descriptions";
import { FaultyEvents } from "./faulty-events";
import { FaultyListings } from "./faulty-listings";
import { FaultyRemote } from "./faulty-remote";
import { FaultyRequests } from "./faulty-requests";
import { FaultyResults } from "./faulty-results";
import { Triggers } from "./trigger";

/** A plan of faults at work between the services of a local cloud. Each call counts its occasions afresh. */
export function injectFaults(plan: FaultPlan): Interception {
  const remote = new FaultyRemote(plan);
  const events = new FaultyEvents(plan);
  const requests = new FaultyRequests(plan);
  const listings = new FaultyListings(plan);
  const results = new FaultyResults(plan);
  const connections = new FaultyConnections(plan);
  const aborts = new Triggers(plan.AbortExecution);
  return {
    limits: plan.PendingFiles === undefined ? {} : { pendingFiles: plan.PendingFiles },
    dial: plan.DropConnection.length === 0 ? undefined : (address) => connections.dial(address),
    remote: (next) => remote.around(next),
    description: faultyDescriptions(plan),
    listingManner: (folder) => listings.manner(folder),
    results: (files) => results.around(files),
    events: (next) => events.around(next),
    abortsAt: (state, boundary) =>
      aborts.strike(({ State, When }) => State === state && When === boundary) !== undefined,
    requests: (callers) => (next) => requests.around(callers, next),
  };
}
