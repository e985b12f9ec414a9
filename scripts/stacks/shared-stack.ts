import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { Settings } from "../../config/settings/settings";
import { UserError } from "../../local/errors/user-error";
import { nextCommand } from "../commands/aws/access/next-command";
import { SHARED } from "./stack-names";
import { isDeployed, localStateFile } from "./state";

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
async function missingState({ terraformCloud: cloud }: Settings): Promise<string | undefined> {
  if (cloud !== undefined) {
    return (await isDeployed(SHARED, cloud)) ? undefined : `the workspace ${cloud.workspacePrefix}${SHARED} is empty`;
  }
  const file = await localStateFile(SHARED);
  return file === undefined || existsSync(file) ? undefined : `there is no ${basename(file)} here`;
}
