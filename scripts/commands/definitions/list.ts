import { deployedTo } from "../../../config/installation/installation";
import { loadDefinitions } from "../../../config/load-definitions";
import { hasErrors, type Problem } from "../../../config/problems/problem";
import { DEFAULT_TIMEZONE, type Schedule, type ServerDefinition } from "../../../contract/model";
import { table } from "../../terminal/table";
import { definitionsFolder } from "../definition-file";
import { environmentName } from "../environment";
import { readSettingsFile, wrongSettings } from "../settings";
import { scheduleWords } from "./schedule-words";

/** A definition in a line. */
export interface ListedServer {
  readonly name: string;
  readonly file: string;
  readonly url: string;
  readonly syncs: number;
  /** Those whose schedule fires. */
  readonly enabledSyncs: number;
  /** Each once. */
  readonly schedules: readonly Schedule[];
  readonly buckets: readonly string[];
}

export interface ServerList {
  readonly servers: readonly ListedServer[];
  /** Files that are not valid, with all that is wrong with each. */
  readonly invalid: readonly { readonly file: string; readonly problems: readonly Problem[] }[];
}

/**
 * All definitions in servers/, or those of the environment that the command works on.
 * @throws UserError where there is no such environment, or its settings are wrong; those of cdktf.json alone may be.
 */
export async function listServers(): Promise<ServerList> {
  const { environment, settings, problems: inSettings } = await readSettingsFile();
  if (settings === undefined && environmentName() !== undefined) {
    throw wrongSettings(inSettings);
  }
  const { definitions, files, problems } = await loadDefinitions(definitionsFolder(), settings ?? {});
  const wrong = new Set(problems.filter((problem) => hasErrors([problem])).map(({ file }) => file));
  return {
    servers: deployedTo(environment, definitions).definitions.map((definition) =>
      listedServer(definition, files.get(definition.name) ?? ""),
    ),
    invalid: [...wrong].map((file) => ({ file, problems: problems.filter((problem) => problem.file === file) })),
  };
}

function listedServer({ name, url, syncs }: ServerDefinition, file: string): ListedServer {
  return {
    name,
    file,
    url,
    syncs: syncs.length,
    enabledSyncs: syncs.filter(({ enabled }) => enabled).length,
    schedules: [...new Map(syncs.map(({ schedule }) => [JSON.stringify(schedule), schedule])).values()],
    buckets: [...new Set(syncs.map(({ setting }) => setting.LocalRepository.BucketName))],
  };
}

/** In words, with a time zone that is not the usual one. */
function scheduleText(schedule: Schedule): string {
  const words = scheduleWords(schedule);
  return schedule.kind === "cron" && schedule.timezone !== DEFAULT_TIMEZONE ? `${words} (${schedule.timezone})` : words;
}

/** For people. */
export function listText({ servers }: ServerList): string {
  return table(
    [
      { head: "Server" },
      { head: "Syncs", align: "right" },
      { head: "Enabled" },
      { head: "Schedule" },
      { head: "Buckets" },
    ],
    servers.map(({ name, syncs, enabledSyncs, schedules, buckets }) => [
      name,
      String(syncs),
      enabledText(enabledSyncs, syncs),
      schedules.map(scheduleText).join("\n"),
      buckets.join("\n"),
    ]),
  );
}

function enabledText(enabled: number, syncs: number): string {
  if (enabled === syncs) {
    return "yes";
  }
  return enabled === 0 ? "no" : `${enabled} of ${syncs}`;
}
