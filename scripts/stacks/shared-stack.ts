import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "../../config/settings/settings";
import { UserError } from "../../local/errors/user-error";
import { stateFileName } from "../../stacks/naming/state-places";
import { nextCommand } from "../commands/aws/access/next-command";
import { ROOT } from "../commands/paths";
import { SHARED } from "./stack-names";
import { isDeployed } from "./state";

/**
 * Looks for the state of `shared` before a server is planned without it: Terraform would plan for a minute, and then miss it. In
 * Terraform Cloud a server's run would look for its workspace, and create one outside the project where there is none. A bucket is
 * not looked into.
 * @param stacks that are to be planned.
 * @throws UserError where `shared` is not deployed.
 */
export async function expectShared(stacks: readonly string[], settings: Settings): Promise<void> {
  const missing = stacks.includes(SHARED) ? undefined : await missingState(settings);
  if (missing !== undefined) {
    throw new UserError(`The shared stack is not deployed: ${missing}`, { next: nextCommand(["deploy", SHARED]) });
  }
}

/** @returns how it is seen that there is no state; undefined where there may be one. */
async function missingState(settings: Settings): Promise<string | undefined> {
  const { terraformCloud: cloud, s3Backend } = settings;
  if (cloud !== undefined) {
    return (await isDeployed(SHARED, cloud)) ? undefined : `the workspace ${cloud.workspacePrefix}${SHARED} is empty`;
  }
  const file = stateFileName(SHARED, settings);
  return s3Backend !== undefined || existsSync(join(ROOT, file)) ? undefined : `there is no ${file} here`;
}
