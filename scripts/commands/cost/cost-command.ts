import { loadDefinitions } from "../../../config/load-definitions";
import { formatProblem } from "../../../config/problems/problem";
import type { Settings } from "../../../config/settings/settings";
import { ACCOUNT_BYTES_PER_SECOND } from "../../../contract/engine-settings";
import type { ServerDefinition } from "../../../contract/model";
import { UserError } from "../../../local/errors/user-error";
import { selectSyncs } from "../../../local/runner/select-syncs";
import { COMMAND } from "../command-line";
import { loadDefinition } from "../definition";
import { definitionFile, definitionsFolder } from "../definition-file";
import { userFile } from "../paths";
import { loadSettings } from "../settings";
import { type ServerEstimate, type SyncVolume, serverEstimate, sharedEstimate } from "./estimate";
import { type Month, monthAt } from "./month";
import { loadPrices } from "./price-file";
import type { PriceList } from "./prices";
import { reportedVolumes, reportSource, type VolumeSource } from "./reported-volumes";
import { type SaidVolume, saidVolume } from "./volumes";

export interface CostOptions extends SaidVolume, VolumeSource {
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
