import { serverNames } from "../../../stacks/naming/names";
import { AwsFailure } from "../aws/access/aws-failure";
import { deployedSyncs } from "../aws/access/deployed-syncs";
import { type AwsOptions, type AwsSession, openSession } from "../aws/access/session";
import { runsAtWork } from "../aws/runs/list-runs";
import { ServerRuns } from "../aws/runs/server-runs";
import { type CredentialsState, credentialsState } from "../aws/status/credentials-state";
import { nextRuns } from "../aws/status/next-run";
import { environmentName } from "../environment";
import { resourcesIn, type StateResource } from "./local-state";
import { type Place, stateFileOf } from "./places";

/** What is known of a server in one installation. What is absent is not known. */
export interface Facts {
  /** Where this comes from; absent where nothing is known. */
  readonly source?: "AWS" | "state";
  readonly isDeployed?: boolean;
  /** Whether there is no state file on this machine. Another one may have it: it tells little that nothing is here. */
  readonly isWithoutState?: boolean;
  /** Names of its deployed syncs. */
  readonly syncs?: readonly string[];
  /** Names of the syncs whose schedules fire. */
  readonly firing?: readonly string[];
  /** Runs that are at work. */
  readonly atWork?: readonly string[];
  readonly credentials?: CredentialsState;
  /** Its connector's id. */
  readonly connector?: string;
  /** Why AWS tells nothing. */
  readonly unknown?: string;
}

export interface Known {
  readonly place: Place;
  readonly facts: Facts;
}

/** The account, or why it cannot be asked. */
export type Account = { readonly session: AwsSession } | { readonly unknown: string };

/**
 * The account of the installation that this command works on.
 * @throws UserError where the credentials are those of another account: whoever has named it means that one.
 */
export async function accountOf(options: AwsOptions): Promise<Account> {
  try {
    const session = await openSession(options);
    await session.account();
    return { session };
  } catch (error) {
    if (error instanceof AwsFailure) {
      return { unknown: error.message };
    }
    throw error;
  }
}

/** Of the installation that the command works on AWS is asked; of others, and without credentials, the state file is read. */
export async function factsOf(place: Place, server: string, account: Account): Promise<Facts> {
  const stored = await factsInState(place, server);
  if (place.environment?.name !== environmentName()) {
    return { ...stored, unknown: "it is another environment than the one that this command works on" };
  }
  if ("unknown" in account) {
    return { ...stored, unknown: account.unknown };
  }
  try {
    const found = await factsInAws(account.session, server);
    // A state with something in it is not to be lost, even where AWS was asked in another Region.
    return { ...stored, ...found, isDeployed: found.isDeployed === true || stored.isDeployed === true };
  } catch (error) {
    if (error instanceof AwsFailure) {
      return { ...stored, unknown: error.message };
    }
    throw error;
  }
}

async function factsInAws(session: AwsSession, server: string): Promise<Facts> {
  const syncs = await deployedSyncs(session, server);
  const runs = await ServerRuns.open(session, server);
  try {
    const schedules = await nextRuns(session, syncs, new Date());
    const connector = syncs.find(({ event }) => event !== undefined)?.event?.Connector;
    return {
      source: "AWS",
      isDeployed: syncs.length > 0,
      syncs: syncs.map(({ sync }) => sync),
      firing: schedules.filter(({ state }) => state === "due").map(({ sync }) => sync),
      atWork: (await runsAtWork(runs, undefined)).map(({ run }) => run),
      credentials: await credentialsState(session, server),
      ...(connector === undefined ? {} : { connector }),
    };
  } finally {
    runs.close();
  }
}

async function factsInState(place: Place, server: string): Promise<Facts> {
  const file = stateFileOf(place, server);
  const resources = file === undefined ? undefined : await resourcesIn(file);
  if (file === undefined) {
    return {};
  }
  return {
    source: "state",
    isWithoutState: resources === undefined,
    ...factsOfResources(resources ?? [], place, server),
  };
}

/** A stack that has the server's former names is not deployed under this one. */
function factsOfResources(resources: readonly StateResource[], { settings }: Place, server: string): Facts {
  const names = serverNames(settings, server);
  const own = (type: string, name: string) =>
    resources.filter((resource) => resource.type === type).map(({ attributes }) => String(attributes[name] ?? ""));
  const prefix = names.parameter("");
  const parameters = own("aws_ssm_parameter", "name").filter((name) => name.startsWith(prefix));
  const [connector] = own("aws_transfer_connector", "id");
  return {
    isDeployed: resources.length > 0,
    syncs: parameters.map((name) => name.slice(prefix.length)),
    firing: resources
      .filter(({ type, attributes }) => type === "aws_scheduler_schedule" && attributes.state !== "DISABLED")
      .map(({ attributes }) => String(attributes.name ?? "")),
    ...(connector === undefined ? {} : { connector }),
  };
}
