import type { Settings } from "../../config/settings/settings";
import { UserError } from "../../local/errors/user-error";
import { COMMAND } from "../commands/command-line";
import { SHARED } from "./stack-names";
import { isDeployed } from "./state";

/**
 * Looks into the workspace of `shared` before a server is planned without it. A server's run would look for that workspace, and
 * create one outside the project where there is none. With local state there is nothing to look into.
 * @param stacks that are to be planned.
 * @throws UserError where `shared` is not deployed.
 */
export async function expectShared(stacks: readonly string[], { terraformCloud }: Settings): Promise<void> {
  if (terraformCloud === undefined || stacks.includes(SHARED) || (await isDeployed(SHARED, terraformCloud))) {
    return;
  }
  throw new UserError(
    `The shared stack is not deployed: the workspace ${terraformCloud.workspacePrefix}${SHARED} is empty`,
    { next: `${COMMAND} deploy shared` },
  );
}
