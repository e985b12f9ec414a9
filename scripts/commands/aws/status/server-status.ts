import type { ServerDefinition } from "../../../../contract/model";
import { parameterValue } from "../../../../contract/parameter-value";
import { byHandEvent } from "../../../../contract/run-event";
import { andThen, type Cell, cell } from "../access/cell";
import type { DeployedSync } from "../access/deployed-syncs";
import type { AwsSession } from "../access/session";
import { type Run, readRun } from "../runs/run";
import { ServerRuns } from "../runs/server-runs";
import type { AlarmState } from "./alarms";
import { connectorDrift, type DeployedConnector, type Difference, deployedConnector } from "./connector-drift";
import { type CredentialsState, credentialsState } from "./credentials-state";
import { type NextRun, nextRuns } from "./next-run";

/** The syncs of a server, as definition and account have them. */
export interface DeployedState {
  /** Names of those that are deployed; none: the server is not. */
  readonly syncs: readonly string[];
  /** In the definition, and not deployed. */
  readonly missing: readonly string[];
  /** Deployed, and not as the definition says, or not in it. */
  readonly differing: readonly string[];
}

export interface ConnectorState {
  /** Absent where the service shows none. */
  readonly status?: string;
  /** Absent where there is no definition to compare with. */
  readonly drift?: readonly Difference[];
}

/** How a server is. Each answer stands for itself. */
export interface ServerStatus {
  readonly server: string;
  /** Whether servers/ has a valid definition. */
  readonly isDefined: boolean;
  readonly deployed: Cell<DeployedState>;
  /** `null`: there was none yet. */
  readonly lastRun: Cell<Run | null>;
  readonly nextRuns: Cell<readonly NextRun[]>;
  /** Those that ring. */
  readonly alarms: Cell<readonly AlarmState[]>;
  readonly credentials: Cell<CredentialsState>;
  readonly connector: Cell<ConnectorState>;
}

export interface ServerStatusProps {
  readonly server: string;
  readonly definition: ServerDefinition | undefined;
  /** Of the whole installation. */
  readonly deployed: Cell<readonly DeployedSync[]>;
  readonly alarms: Cell<readonly AlarmState[]>;
  readonly now: Date;
}

export async function serverStatus(session: AwsSession, props: ServerStatusProps): Promise<ServerStatus> {
  const { server, definition, now } = props;
  const own = await andThen(props.deployed, async (all) => all.filter((sync) => sync.server === server));
  const alarms = await andThen(props.alarms, async (all) =>
    all.filter((alarm) => alarm.server === server && alarm.state === "ALARM"),
  );
  const [latest, next, credentials, connector] = await Promise.all([
    cell(() => lastRun(session, server)),
    andThen(own, (syncs) => nextRuns(session, syncs, now)),
    cell(() => credentialsState(session, server)),
    andThen(own, (syncs) => connectorState(session, syncs, definition)),
  ]);
  return {
    server,
    isDefined: definition !== undefined,
    deployed: await andThen(own, async (syncs) => deployedState(syncs, definition)),
    lastRun: latest,
    nextRuns: next,
    alarms,
    credentials,
    connector,
  };
}

function deployedState(syncs: readonly DeployedSync[], definition: ServerDefinition | undefined): DeployedState {
  const names = syncs.map(({ sync }) => sync);
  if (definition === undefined) {
    return { syncs: names, missing: [], differing: [] };
  }
  const defined = new Map(definition.syncs.map((sync) => [sync.setting.Name, sync]));
  const differs = ({ sync: name, event, json }: DeployedSync) => {
    const sync = defined.get(name);
    if (sync === undefined || event === undefined) {
      return true;
    }
    const target = { connectorId: event.Connector, listResultsBucketName: event.ReportBucket };
    return parameterValue(byHandEvent(definition, sync, target)) !== json;
  };
  return {
    syncs: names,
    missing: [...defined.keys()].filter((name) => !names.includes(name)),
    differing: syncs.filter(differs).map(({ sync }) => sync),
  };
}

async function lastRun(session: AwsSession, server: string): Promise<Run | null> {
  const runs = await ServerRuns.open(session, server);
  try {
    for await (const name of runs.names()) {
      const execution = await runs.execution(name);
      if (execution !== undefined) {
        return (await readRun(runs, execution)).run;
      }
    }
    return null;
  } finally {
    runs.close();
  }
}

async function connectorState(
  session: AwsSession,
  syncs: readonly DeployedSync[],
  definition: ServerDefinition | undefined,
): Promise<ConnectorState> {
  const id = syncs.find(({ event }) => event !== undefined)?.event?.Connector;
  const connector = id === undefined ? undefined : await deployedConnector(session, id);
  return connector === undefined ? { status: "MISSING" } : described(connector, definition);
}

function described(connector: DeployedConnector, definition: ServerDefinition | undefined): ConnectorState {
  return {
    ...(connector.status === undefined ? {} : { status: connector.status }),
    ...(definition === undefined ? {} : { drift: connectorDrift(connector, definition) }),
  };
}
