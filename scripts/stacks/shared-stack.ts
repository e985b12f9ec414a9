import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "../../config/settings/settings";
import { UserError } from "../../local/errors/user-error";
import { isNamed, SHARED } from "./stack-names";
import { isDeployed, terraformOrError } from "./state";

/**
 * Looks into the workspace of `shared` before a server is planned without it. A server's run would look for that workspace, and
 * create one outside the project where there is none. What this leaves where there was none is the workspace that
 * `terraform init` creates in the project. With local state there is nothing to look into.
 * @throws UserError where `shared` is not deployed.
 */
export async function expectShared(names: readonly string[], { terraformCloud }: Settings): Promise<void> {
  if (terraformCloud === undefined || isNamed(SHARED, names)) {
    return;
  }
  const { organization, hostname, project, workspacePrefix } = terraformCloud;
  const cloud = { organization, hostname, workspaces: { name: workspacePrefix + SHARED, project } };
  // Only the state is of interest: a folder without resources needs no provider.
  const folder = await mkdtemp(join(tmpdir(), "sftp-sync-"));
  try {
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { cloud } }));
    await terraformOrError(folder, terraformCloud, "init", "-input=false", "-no-color");
    if (!(await isDeployed(folder, terraformCloud))) {
      throw new UserError(`The shared stack is not deployed: the workspace ${cloud.workspaces.name} is empty`, {
        next: "npm run deploy -- shared",
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
