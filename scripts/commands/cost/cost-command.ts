import { loadDefinitions } from "../../../config/load-definitions";
import { formatProblem } from "../../../config/problems/problem";
import type { Settings } from "../../../config/settings/settings";
import { ACCOUNT_BYTES_PER_SECOND } from "../../../contract/engine-settings";
import type { ServerDefinition } from "../../../contract/model";
import type { Report } from "../../../engine/report";
import { UserError } from "../../../local/errors/user-error";
import { selectSyncs } from "../../../local/runner/select-syncs";
import { type AwsOptions, type AwsSession, openSession } from "../aws/access/session";
import { COMMAND } from "../command-line";
import { loadDefinition } from "../definition";
import { definitionFile, definitionsFolder } from "../definition-file";
import { userFile, userPath } from "../paths";
import { loadSettings } from "../settings";
import { type ServerEstimate, type SyncVolume, serverEstimate, sharedEstimate } from "./estimate";
import { type Month, monthAt } from "./month";
import { loadPrices } from "./price-file";
import type { PriceList } from "./prices";
import { awsReports, localReports } from "./reports";
import { reportedVolume, type SaidVolume, saidVolume } from "./volumes";

export interface CostOptions extends SaidVolume, AwsOptions {
  /** A server's name or its definition's file; default: all in servers/. */
  readonly server?: string | undefined;
  /** The sync whose volume is said. */
  readonly sync?: string | undefined;
  /** Default: this month. */
  readonly month?: Month | undefined;
  /** Runs in the month of a sync that no schedule starts; default 0. */
  readonly runsPerMonth?: number | undefined;
  /** Bytes a second at which files arrive; default and at most {@link ACCOUNT_BYTES_PER_SECOND}. */
  readonly pace?: number | undefined;
  /** A price file. */
  readonly prices?: string | undefined;
  /** A data directory of `local`: its last reports tell the volumes. */
  readonly data?: string | undefined;
  /** The last reports on AWS tell the volumes. */
  readonly reports?: boolean | undefined;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
}

export interface CostEstimate {
  readonly month: Month;
  readonly prices: PriceList;
  /** The installation's Region, which need not be that of the prices. */
  readonly region: string;
  readonly servers: readonly ServerEstimate[];
  readonly shared: ReturnType<typeof sharedEstimate>;
  /** All servers, and what they share. */
  readonly dollars: number;
}

/** Estimates a month. @param warn is told what is odd but allowed. @throws UserError, AwsFailure */
export async function estimateCost(options: CostOptions, warn: (text: string) => void): Promise<CostEstimate> {
  const { month = monthAt(new Date()), runsPerMonth = 0, pace = ACCOUNT_BYTES_PER_SECOND } = options;
  const settings = await loadSettings();
  const said = saidVolume(options);
  const prices = await loadPrices(options.prices === undefined ? undefined : userFile(options.prices));
  const definitions = await definitionsFor(options, settings, said, warn);
  const reportsOf = said === undefined ? await reportSource(settings, options) : undefined;
  const servers: ServerEstimate[] = [];
  for (const definition of definitions) {
    const volumes = said === undefined ? await reportedVolumes(definition, reportsOf) : undefined;
    const isSaid = (sync: string) => options.sync === undefined || options.sync === sync;
    servers.push(
      serverEstimate(definition, {
        ...{ month, prices, settings, bytesPerSecond: pace, byHand: runsPerMonth },
        volumeOf: (sync) => (volumes === undefined && isSaid(sync) ? said : volumes?.get(sync)),
      }),
    );
  }
  const shared = sharedEstimate(prices);
  const dollars = servers.reduce((sum, server) => sum + server.dollars, shared.dollars);
  return { month, prices, region: settings.region, servers, shared, dollars };
}

async function definitionsFor(
  { server, sync }: CostOptions,
  settings: Settings,
  said: SyncVolume | undefined,
  warn: (text: string) => void,
): Promise<ServerDefinition[]> {
  if (server === undefined) {
    if (sync !== undefined || said !== undefined) {
      throw new UserError(`${sync === undefined ? "--files" : "--sync"} is for one server`, {
        next: "name the server",
      });
    }
    return allDefinitions(settings);
  }
  const definition = await loadDefinition(await definitionFile(server), settings, warn);
  selectSyncs(definition, sync);
  if (sync !== undefined && said === undefined) {
    throw new UserError("--sync says whose files --files are, and there is no --files", { next: "add --files N" });
  }
  const names = definition.syncs.map(({ setting }) => setting.Name);
  if (said !== undefined && sync === undefined && names.length > 1) {
    throw new UserError(`${definition.name} has ${names.length} syncs, and the files are those of one`, {
      next: `say which with --sync: ${names.join(", ")}`,
    });
  }
  return [definition];
}

async function allDefinitions(settings: Settings): Promise<ServerDefinition[]> {
  const { definitions, problems } = await loadDefinitions(definitionsFolder(), settings);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    throw new UserError(errors.map(formatProblem).join("\n"), { next: `Correct that, then: ${COMMAND} validate` });
  }
  if (definitions.length === 0) {
    throw new UserError("There is no definition in servers/", { next: `${COMMAND} new` });
  }
  return [...definitions];
}

type ReportSource = (server: string, sync: string) => Promise<readonly Report[]>;

/** By the syncs' names. */
async function reportedVolumes(
  { name, syncs }: ServerDefinition,
  reportsOf: ReportSource | undefined,
): Promise<ReadonlyMap<string, SyncVolume>> {
  const volumes = new Map<string, SyncVolume>();
  for (const { setting } of syncs) {
    const volume = reportsOf && reportedVolume(await reportsOf(name, setting.Name));
    if (volume !== undefined) {
      volumes.set(setting.Name, volume);
    }
  }
  return volumes;
}

/** Where reports are; none by default. */
async function reportSource(settings: Settings, options: CostOptions): Promise<ReportSource | undefined> {
  if (options.data === undefined && options.reports !== true) {
    return undefined;
  }
  if (options.data !== undefined) {
    const data = userPath(options.data);
    return (server, sync) => localReports(data, settings, server, sync);
  }
  const session = options.session ?? (await openSession(options));
  return (server, sync) => awsReports(session, server, sync);
}
