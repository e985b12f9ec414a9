import { UserError } from "../../../../local/errors/user-error";
import { runName } from "../../../../local/runner/run-name";
import { byHandInput, type StartOptions } from "../../../../local/runner/start-event";
import { type DeployedSync, syncNamed, syncsOf } from "../access/deployed-syncs";
import { nextCommand } from "../access/next-command";
import { namedServer } from "../access/server-reference";
import type { AwsSession } from "../access/session";
import type { ServerRuns } from "./server-runs";

export interface StartedRun {
  readonly server: string;
  readonly sync: string;
  /** Name of the execution. */
  readonly run: string;
  readonly execution: string;
}

/**
 * The syncs to start: the one that is named, else all of the server's that the definition does not disable.
 * @throws UserError where none is meant, or is deployed, and where no valid definition says which are disabled.
 */
export async function syncsToStart(
  session: AwsSession,
  reference: string,
  sync: string | undefined,
): Promise<DeployedSync[]> {
  const server = await namedServer(reference, session.limits);
  const deployed = await syncsOf(session, server);
  if (sync !== undefined) {
    return [syncNamed(deployed, sync)];
  }
  if (server.definition === undefined) {
    const names = deployed.map(({ sync: name }) => name).join(", ");
    throw new UserError(
      `servers/ has no valid definition of ${server.name}, which would say which of its syncs are disabled (deployed: ${names})`,
      { next: `name one of them after the server, or correct the definition: ${nextCommand(["validate"])}` },
    );
  }
  const disabled = server.definition.syncs.filter(({ enabled }) => !enabled).map(({ setting }) => setting.Name);
  const meant = deployed.filter(({ sync: name }) => !disabled.includes(name));
  if (meant.length === 0) {
    throw new UserError(`Every sync of ${server.name} is disabled (${disabled.join(", ")})`, {
      next: "name one after the server to run it all the same",
    });
  }
  return meant;
}

/** Starts one run of a sync. @throws UserError, AwsFailure */
export async function startRun(
  runs: ServerRuns,
  { server, sync, json, event }: DeployedSync,
  options: StartOptions,
  now: Date,
): Promise<StartedRun> {
  if (event === undefined) {
    throw new UserError(`The SSM parameter of ${server} / ${sync} holds no event that starts a run`, {
      next: "deploy the server again, which writes it anew",
    });
  }
  const run = runName(now);
  await runs.start(run, byHandInput(json, options));
  return { server, sync, run, execution: runs.places.executionArn(run) };
}
