import { inParallel } from "../../../../config/in-parallel";
import { loadDefinitions } from "../../../../config/load-definitions";
import { hasErrors } from "../../../../config/problems/problem";
import { systemClock } from "../../../../engine/ports/system-clock";
import { definitionsFolder } from "../../definition-file";
import { readSettingsFile } from "../../settings";
import { andThen, type Cell, cell } from "../access/cell";
import { deployedSyncs } from "../access/deployed-syncs";
import { namedServer } from "../access/server-reference";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { type AlarmState, alarmStates } from "./alarms";
import { type ServerStatus, serverStatus } from "./server-status";
import { shownServers } from "./shown-servers";
import { turns } from "./turns";

export interface StatusOptions extends AwsOptions {
  /** Names of servers or their files; none: all that are defined or deployed. */
  readonly servers: readonly string[];
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
}

export interface StatusResult {
  readonly account: string;
  readonly region: string;
  readonly servers: readonly ServerStatus[];
  /** Alarms of the shared stack that ring. */
  readonly sharedAlarms: Cell<readonly AlarmState[]>;
  /** Whether servers/ holds definitions that are not valid, and so are missing here. */
  readonly hasInvalidDefinitions: boolean;
  /** Servers, of those that were asked for, that are defined, not deployed, and left out by the environment; absent where there are none. */
  readonly notInEnvironment?: readonly string[];
}

/** Each server takes some requests, whose rates are shared with the runs. */
const AT_A_TIME = 8;

/**
 * Servers that are begun with in a second, once those that are asked about at a time are. Each takes one ListExecutions, of which
 * Step Functions answers a few hundred at once and then five a second (its quotas page).
 */
const PER_SECOND = 20;

/** How servers are. @throws UserError for a name that can be no server's. @throws AwsFailure where nothing can be asked. */
export async function status(options: StatusOptions): Promise<StatusResult> {
  const session = options.session ?? (await openSession(options));
  const { definitions, problems } = await loadDefinitions(definitionsFolder(), session.limits);
  const named = await Promise.all(options.servers.map((server) => namedServer(server, session.limits)));
  const { id } = await session.account();
  const deployed = await cell(() => deployedSyncs(session));
  const alarms = await cell(() => alarmStates(session));
  const found = "value" in deployed ? [...new Set(deployed.value.map(({ server }) => server))] : [];
  const { environment } = await readSettingsFile();
  const all = shownServers(found, definitions, environment);
  const asked = new Map(named.map(({ name, definition }) => [name, definition]));
  const shown = asked.size > 0 ? asked : all.shown;
  // Whether one is deployed has to be known for that.
  const leftOut = "value" in deployed ? all.leftOut.filter((name) => asked.size === 0 || asked.has(name)) : [];
  const now = new Date();
  const turn = turns(systemClock, { atOnce: AT_A_TIME, perSecond: PER_SECOND });
  const servers = await inParallel([...shown].sort(byName), AT_A_TIME, async ([server, definition]) => {
    await turn();
    return serverStatus(session, { server, definition, deployed, alarms, now });
  });
  return {
    account: id,
    region: session.config.region,
    servers,
    sharedAlarms: await andThen(alarms, async (all) =>
      all.filter(({ server, state }) => server === undefined && state === "ALARM"),
    ),
    hasInvalidDefinitions: hasErrors(problems),
    ...(leftOut.length === 0 ? {} : { notInEnvironment: leftOut }),
  };
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
