import { error, type Finding, type Problem, warning } from "../problems/problem";
import type { Environment } from "../settings/environment-file";
import type { Settings } from "../settings/settings";
import { readYaml } from "../yaml/yaml-source";

/** Settings, and the environment that they are of; without one, they are those of cdktf.json alone. */
export interface PlacedSettings {
  readonly environment?: Environment;
  /** Absent where they are wrong: then nothing is deployed with them. */
  readonly settings?: Settings | undefined;
}

/** What an environment would share with others by mistake: its states, or the names of what it deploys. */
export function environmentsAreApart(
  { environment, settings }: Required<PlacedSettings>,
  others: readonly PlacedSettings[],
): Problem[] {
  return others.flatMap((other) =>
    other.settings === undefined ? [] : findings(settings, other).map((found) => placed(found, environment)),
  );
}

interface Found {
  readonly setting: readonly string[];
  readonly finding: Finding;
}

function findings(settings: NonNullable<PlacedSettings["settings"]>, { environment, settings: other }: PlacedSettings) {
  const whose = environment === undefined ? "cdktf.json" : environment.file;
  const found: Found[] = [];
  if (other !== undefined && workspaces(settings) !== undefined && workspaces(settings) === workspaces(other)) {
    found.push({
      setting: ["terraformCloud", "workspacePrefix"],
      finding: error(`would keep its states in the workspaces of ${whose}`, {
        received: settings.terraformCloud?.workspacePrefix ?? "",
        allowed: "a prefix of its own",
      }),
    });
  }
  // cdktf.json alone is often nothing but what the environments have in common.
  if (
    environment !== undefined &&
    other !== undefined &&
    mayBeOneAccount(settings, other) &&
    namesOf(settings) === namesOf(other)
  ) {
    found.push({
      setting: ["namePrefix"],
      finding: warning(`gives everything the names that ${whose} gives it, in the same Region`, {
        received: settings.namePrefix,
        allowed: "another namePrefix, or account in both where the accounts differ",
      }),
    });
  }
  return found;
}

const workspaces = ({ terraformCloud }: Settings): string | undefined =>
  terraformCloud &&
  [terraformCloud.hostname ?? "", terraformCloud.organization, terraformCloud.workspacePrefix].join("\n");

const namesOf = ({ region, namePrefix }: Settings): string => `${region}\n${namePrefix}`;

const mayBeOneAccount = (one: Settings, other: Settings): boolean =>
  one.account === undefined || other.account === undefined || one.account === other.account;

function placed({ setting, finding }: Found, { file, text }: Environment): Problem {
  const path = ["settings", ...setting];
  return { ...readYaml(text).locate(path, "value"), ...finding, file, path: path.join(".") };
}
