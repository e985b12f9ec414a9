import { error, type Finding, type Problem, warning } from "../problems/problem";
import type { Environment } from "../settings/environment-file";
import type { Settings } from "../settings/settings";
import { statesFolder } from "../settings/states-folder";
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
  return others.flatMap((other) => findings(settings, other).map((found) => placed(found, environment)));
}

interface Found {
  readonly setting: readonly string[];
  readonly finding: Finding;
}

function findings(settings: NonNullable<PlacedSettings["settings"]>, { environment, settings: other }: PlacedSettings) {
  const whose = environment === undefined ? "cdktf.json" : environment.file;
  const found: Found[] = [];
  if (other !== undefined && shareWorkspaces(settings, other)) {
    found.push({
      setting: ["terraformCloud", "workspacePrefix"],
      finding: error(`would keep its states in the workspaces of ${whose}`, {
        received: settings.terraformCloud?.workspacePrefix ?? "",
        allowed: "a prefix of its own, which is no other's with a server's name after it",
      }),
    });
  }
  if (other !== undefined && shareFolders(settings, other)) {
    found.push({
      setting: ["s3Backend", "keyPrefix"],
      finding: error(`would keep its states in place of those of ${whose}`, {
        received: `${settings.s3Backend?.keyPrefix}, and the environment's name`,
        allowed: "a keyPrefix that makes no other's folder with the environment's name, or another bucket",
      }),
    });
  }
  // cdktf.json alone is often nothing but what the environments have in common.
  if (
    environment !== undefined &&
    other !== undefined &&
    mayBeOneAccount(settings, other) &&
    settings.region === other.region &&
    mayBeSame(settings.namePrefix, other.namePrefix, "-")
  ) {
    found.push({
      setting: ["namePrefix"],
      finding: warning(`gives things the names that ${whose} gives or may give them, in the same Region`, {
        received: settings.namePrefix,
        allowed: "a namePrefix of which neither begins the other, or account in both where the accounts differ",
      }),
    });
  }
  return found;
}

/** The host of Terraform Cloud where no other is named. */
const USUAL_HOST = "app.terraform.io";

/** Workspaces are called by a prefix and `shared` or `server-NAME`, and somebody may call a server as another's prefix goes on. */
function shareWorkspaces({ terraformCloud: one }: Settings, { terraformCloud: other }: Settings): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    isSameName(one.hostname ?? USUAL_HOST, other.hostname ?? USUAL_HOST) &&
    isSameName(one.organization, other.organization) &&
    mayBeSame(one.workspacePrefix, other.workspacePrefix, "server-")
  );
}

/** Whether two names of hosts or organizations can be one: no two differ in upper and lower case alone. */
const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Of states in a bucket: the name of an environment stands behind its prefix, and may stand in that of cdktf.json. */
function shareFolders(one: Settings, other: Settings): boolean {
  return (
    one.s3Backend !== undefined &&
    other.s3Backend !== undefined &&
    one.s3Backend.bucket === other.s3Backend.bucket &&
    statesFolder(one.s3Backend.keyPrefix, one) === statesFolder(other.s3Backend.keyPrefix, other)
  );
}

/** Whether names with two prefixes can be the same. @param between what stands between a prefix and a server's name. */
const mayBeSame = (one: string, other: string, between: string): boolean =>
  one === other || one.startsWith(other + between) || other.startsWith(one + between);

/** Whether settings can be of one account: they can where one of them names none. */
export const mayBeOneAccount = (one: Settings, other: Settings): boolean =>
  one.account === undefined || other.account === undefined || one.account === other.account;

function placed({ setting, finding }: Found, { file, text }: Environment): Problem {
  const path = ["settings", ...setting];
  return { ...readYaml(text).locate(path, "value"), ...finding, file, path: path.join(".") };
}
