import { deployedTo } from "../../../config/installation/installation";
import { loadDefinitions } from "../../../config/load-definitions";
import { formatProblem, hasErrors, type Problem } from "../../../config/problems/problem";
import type { Settings } from "../../../config/settings/settings";
import type { Schedule, ServerDefinition } from "../../../contract/model";
import { UserError } from "../../../local/errors/user-error";
import { definitionsFolder } from "../definition-file";
import { type NextRun, nextRuns } from "../definitions/next-runs";
import { scheduleWords } from "../definitions/schedule-words";
import { targetOf } from "../definitions/target";
import { groupedBy } from "../grouped-by";
import { readSettingsFile } from "../settings";
import { type LimitUse, limitUses, type Sharing, sharing } from "./account-limits";
import { type CostSource, type InstallationCosts, installationCosts } from "./month-costs";
import { type Week, weekOf } from "./week";

/** A sync, as a map shows it. Its texts are those of the definition: whoever shows them escapes them. */
export interface OverviewSync {
  readonly name: string;
  /** False where the sync or its server is disabled. */
  readonly enabled: boolean;
  readonly allowsOverlap: boolean;
  readonly schedule: Schedule;
  /** The schedule in words, without its zone. */
  readonly words: string;
  readonly folder: string;
  readonly recursive: boolean;
  readonly bucket: string;
  /** `s3://BUCKET/PREFIX/FOLDER/`. */
  readonly target: string;
  /** Absent where no clock says it: disabled, on demand, or a rate. */
  readonly nextRun?: NextRun;
}

export interface OverviewServer {
  readonly name: string;
  readonly file: string;
  readonly description: string;
  readonly url: string;
  readonly syncs: readonly OverviewSync[];
}

/** Where syncs write. */
export interface OverviewBucket {
  readonly name: string;
  readonly targets: readonly { readonly target: string; readonly server: string; readonly sync: string }[];
}

/** Everything that is defined for an installation. */
export interface InstallationOverview {
  readonly now: Date;
  readonly environment?: string;
  readonly region: string;
  readonly namePrefix: string;
  readonly servers: readonly OverviewServer[];
  /** By name. */
  readonly buckets: readonly OverviewBucket[];
  readonly week: Week;
  readonly limits: readonly LimitUse[];
  /** Absent where no schedule starts a run in this week. */
  readonly sharing?: Sharing;
  /** Of the month that it is. */
  readonly costs: InstallationCosts;
  /** Errors and warnings of all definitions and settings. */
  readonly problems: readonly Problem[];
  /** Files whose definitions are not valid, and so not among the servers. */
  readonly invalid: readonly string[];
}

export interface OverviewOptions extends CostSource {
  /** Of the definitions; default: that of the environment. */
  readonly folder?: string | undefined;
  /** Begins the week, and the next runs. */
  readonly now?: Date | undefined;
}

/** @throws UserError where the settings are wrong. @throws AwsFailure where AWS is to tell what runs copy. */
export async function installationOverview({
  folder = definitionsFolder(),
  now = new Date(),
  ...source
}: OverviewOptions = {}): Promise<InstallationOverview> {
  const { settings, environment, problems } = await readSettingsFile();
  if (settings === undefined) {
    throw new UserError(problems.map(formatProblem).join("\n"), { next: "Correct that and run the command again." });
  }
  const found = await loadDefinitions(folder, settings);
  const deployed = deployedTo(environment, found.definitions);
  const overlapping = new Map(found.found.map(({ file, overlapping: names }) => [file, names]));
  const servers = deployed.definitions.map((definition) => {
    const file = found.files.get(definition.name) ?? "";
    return serverOf(definition, file, overlapping.get(file) ?? [], now);
  });
  const all = [...problems, ...found.problems, ...deployed.problems];
  return {
    now,
    ...(environment === undefined ? {} : { environment: environment.name }),
    ...described(servers, settings, now),
    costs: await installationCosts(deployed.definitions, settings, now, source),
    problems: all,
    invalid: [...new Set(found.problems.filter((one) => hasErrors([one])).map(({ file }) => file))],
  };
}

/** What follows from the servers. */
function described(servers: readonly OverviewServer[], settings: Settings, now: Date) {
  const syncs = servers.flatMap((server) => server.syncs.map((sync) => ({ server: server.name, ...sync })));
  const scheduled = syncs.filter(({ enabled, schedule }) => enabled && schedule.kind !== "on-demand");
  const week = weekOf(
    scheduled.map(({ server, name, schedule }) => ({ server, sync: name, schedule })),
    now,
  );
  const shared = sharing(week, settings);
  const buckets = [...groupedBy(syncs, ({ bucket }) => bucket)].map(([name, own]) => ({
    name,
    targets: own.map(({ target, server, name: sync }) => ({ target, server, sync })),
  }));
  return {
    region: settings.region,
    namePrefix: settings.namePrefix,
    servers,
    buckets: buckets.sort((a, b) => (a.name < b.name ? -1 : 1)),
    week,
    limits: limitUses({ servers: servers.length, syncs: syncs.length }, week, settings),
    ...(shared === undefined ? {} : { sharing: shared }),
  };
}

function serverOf(
  { name, description, url, syncs }: ServerDefinition,
  file: string,
  overlapping: readonly string[],
  now: Date,
): OverviewServer {
  return {
    name,
    file,
    description,
    url,
    syncs: syncs.map((sync) => {
      const { setting, schedule, enabled } = sync;
      const [nextRun] = enabled ? nextRuns(schedule, now, 1) : [];
      return {
        name: setting.Name,
        enabled,
        allowsOverlap: overlapping.includes(setting.Name),
        schedule,
        words: scheduleWords(schedule),
        folder: setting.RemoteFolders.Folder,
        recursive: setting.RemoteFolders.Recursive,
        bucket: setting.LocalRepository.BucketName,
        target: targetOf(sync),
        ...(nextRun === undefined ? {} : { nextRun }),
      };
    }),
  };
}
