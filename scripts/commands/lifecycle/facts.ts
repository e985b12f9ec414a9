import { serverNames } from "../../../config/naming/aws-names";
import type { Settings } from "../../../config/settings/settings";
import { UserError } from "../../../local/errors/user-error";
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
  /** Whether AWS has it, and the state here has nothing of it: Terraform would take it for a server that is not deployed. */
  readonly isOutOfReach?: boolean;
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

/** Whether it is taken for not deployed since nothing is known of it: no state is here, and AWS does not tell. */
export const isGuessed = ({ isDeployed, isWithoutState, unknown }: Facts): boolean =>
  isDeployed === false && isWithoutState === true && unknown !== undefined;

/** The account, or why it cannot be asked. */
export type Account = { readonly session: AwsSession } | { readonly unknown: string };

/**
 * The account of the installation that this command works on.
 * @throws UserError where the credentials are those of another account: whoever has named it means that one. The same for a Region
 * that is not the installation's: what is not deployed there may be deployed in its own.
 */
export async function accountOf(options: AwsOptions, { region: own }: Pick<Settings, "region">): Promise<Account> {
  const { region = own } = options;
  if (region !== own) {
    throw new UserError(`The stacks of this installation are in ${own}, and --region says ${region}`, {
      next: "leave --region out, or name the environment with --env",
    });
  }
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
    const isDeployed = found.isDeployed === true || stored.isDeployed === true;
    const outOfReach = found.isDeployed === true && stored.isDeployed === false ? { isOutOfReach: true } : {};
    const unknown = isDeployed ? undefined : await whyAwsMayErr(place, account.session);
    // A state with something in it is not to be lost, even where AWS does not have it.
    return { ...stored, ...found, isDeployed, ...outOfReach, ...(unknown === undefined ? {} : { unknown }) };
  } catch (error) {
    if (error instanceof AwsFailure) {
      return { ...stored, unknown: error.message };
    }
    throw error;
  }
}

/** Why it tells little that an account does not have a server: it may be another account than the installation's. */
async function whyAwsMayErr({ settings }: Place, session: AwsSession): Promise<string | undefined> {
  if (settings.account !== undefined || (await deployedSyncs(session)).length > 0) {
    return undefined;
  }
  const { id } = await session.account();
  return `the account ${id} has no server of this installation, and no setting account says that it is the right one`;
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
