import { loadDefinitions } from "../../../config/load-definitions";
import { serverNames } from "../../../config/naming/aws-names";
import type { Problem } from "../../../config/problems/problem";
import { newProblems } from "../../../config/problems/weighed-problems";
import type { Settings } from "../../../config/settings/settings";
import { monthAt } from "../cost/month";
import { definitionsFolder } from "../definition-file";
import { ROOT } from "../paths";
import { loadSettings } from "../settings";
import { baseCommit, definitionsAt } from "./base-definitions";
import { type SettingsFileChange, settingsAt, settingsFileChanges } from "./base-settings";
import { type ServerChange, serverChanges } from "./changes";
import { type CostChange, monthCosts } from "./month-costs";
import { type OtherFile, otherFiles } from "./other-files";
import { type PlanChanges, readPlan } from "./plans";

export interface ChangeSummary {
  /** The commit that is compared with. */
  readonly base: string;
  readonly environment?: string | undefined;
  /** Of cdktf.json and all environments. */
  readonly settings: readonly SettingsFileChange[];
  /** Why the base's definitions are read with the settings of now; absent where they have the base's own. */
  readonly baseSettings?: "not valid";
  readonly changes: readonly ServerChange[];
  /** Of all servers, whether or not they change. */
  readonly cost: CostChange;
  /** Of the definitions as they are now. */
  readonly problems: readonly Problem[];
  /** Of those, what the definitions of the base did not have. */
  readonly newProblems: readonly Problem[];
  /** What the branch changes besides definitions and settings. */
  readonly files: readonly OtherFile[];
  readonly plans: readonly PlanChanges[];
  /** When schedules are looked at. */
  readonly now: Date;
  /** What of a server's resources decides over access. */
  resourcesOf(server: string): AccessResources;
}

/** Names of what comes with a server, and goes with it. */
export interface AccessResources {
  readonly secret: string;
  readonly roles: readonly string[];
}

export interface SummaryOptions {
  /** What to compare with; by default the default branch. */
  readonly base?: string | undefined;
  /** Files with plans as JSON. */
  readonly plan?: readonly string[];
}

/** Compares the definitions as they lie here with those of a base. @throws UserError */
export async function summarizeChanges({ base, plan = [] }: SummaryOptions): Promise<ChangeSummary> {
  const settings = await loadSettings();
  const plans = await Promise.all(plan.map(readPlan));
  const commit = await baseCommit(ROOT, base);
  const settingsBefore = await settingsAt(ROOT, commit, settings.environment);
  // Where it was allowed to write then does not matter now.
  const { targetBuckets: _, ...limits } = settingsBefore ?? settings;
  const before = await definitionsAt(ROOT, commit, definitionsFolder(), limits);
  const now = await loadDefinitions(definitionsFolder(), settings);
  const today = new Date();
  const month = monthAt(today);
  return {
    base: commit,
    environment: settings.environment,
    settings: await settingsFileChanges(ROOT, commit),
    ...(settingsBefore === undefined ? { baseSettings: "not valid" as const } : {}),
    changes: serverChanges(before, now),
    cost: {
      month: month.name,
      before: monthCosts(before.definitions, settingsBefore ?? settings, month),
      after: monthCosts(now.definitions, settings, month),
    },
    problems: now.problems,
    newProblems: newProblems(now.problems, before.problems),
    files: await otherFiles(ROOT, commit, definitionsFolder()),
    plans,
    now: today,
    resourcesOf: (server) => accessResources(settings, server),
  };
}

function accessResources(settings: Settings, server: string): AccessResources {
  const names = serverNames(settings, server);
  const { connectorAccessRole, engineRole, stateMachineRole, schedulerRole } = names;
  return { secret: names.secret, roles: [connectorAccessRole, engineRole, stateMachineRole, schedulerRole] };
}
