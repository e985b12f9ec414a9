import { join } from "node:path";
import { Opened } from "../../../local/runner/opened";
import { EMBEDDED } from "../../end-to-end/remote-servers";
import { tempFolder } from "../../support/temp-folder";
import { ask } from "./ask";
import { CdktfProject } from "./cdktf-project";
import { definitionOf, syncOf } from "./definitions";
import { startEmulatedAccount } from "./emulated-account";
import { type Inventory, takeInventory } from "./inventory";
import { createTargetBucket, targetObject } from "./objects";
import { readServerOutputs, readSharedOutputs } from "./outputs";
import { CONTEXT } from "./project";
import { writeRemoteFile } from "./remote";
import { type EndedRun, Runs } from "./runs";
import { putCredentials } from "./secrets";

/** What was seen while a project lived: deployed with the cdktf command, used, and destroyed with the command. */
export interface CdktfLife {
  /** What the account held before, with everything deployed, without the server, and in the end. */
  readonly empty: Inventory;
  readonly deployed: Inventory;
  readonly withoutServer: Inventory;
  readonly destroyed: Inventory;
  /** The KMS key in the end. */
  readonly key: string;
  /** What the command that plans printed, of all stacks. */
  readonly secondPlans: string;
  readonly run: EndedRun;
  /** What the run copied. */
  readonly copied: string;
  /** All that is left in the states. */
  readonly addresses: readonly string[];
}

/** @param signal ends it early. */
export async function liveThroughCdktf(signal: AbortSignal): Promise<CdktfLife> {
  const opened = new Opened();
  try {
    const folder = tempFolder();
    const account = opened.add(await startEmulatedAccount(join(folder, "account")));
    const { operator, url } = account;
    const remote = opened.add(await EMBEDDED.start());
    await createTargetBucket(operator);
    await writeRemoteFile(remote, "orders/a.csv", "alpha");
    const project = opened.add(
      new CdktfProject({
        folder: join(folder, "project"),
        context: { ...CONTEXT, additionalTags: { Team: "data" } },
        environment: account.terraformEnvironment,
        signal,
      }),
    );
    project.define([definitionOf("partner", remote, [syncOf("partner", remote, "orders")])]);
    const { stacks } = project;
    const empty = await takeInventory(url);
    await project.deploy("shared");
    await project.deploy("server-partner");
    const deployed = await takeInventory(url);
    const secondPlans = await project.diff();
    const { secret_arn } = await readServerOutputs(stacks, "server-partner");
    await putCredentials(operator, secret_arn, remote.credentials);
    const { key_arn, list_results_bucket_name } = await readSharedOutputs(stacks);
    const runs = new Runs(operator, list_results_bucket_name);
    const run = await runs.bySchedule({ server: "partner", sync: "orders", run: "only" });
    const copied = await targetObject(operator, `partner${remote.base}/orders/a.csv`);
    // A server is destroyed while its definition is there; then its file goes.
    await project.destroy("server-partner");
    const addressesOfServer = await stacks.stateList("server-partner");
    project.define([]);
    const withoutServer = await takeInventory(url);
    await project.destroy("*");
    const destroyed = await takeInventory(url);
    const key = await ask(url, { service: "kms", target: "TrentService.DescribeKey", input: { KeyId: key_arn } });
    const addresses = [...addressesOfServer, ...(await stacks.stateList("shared"))];
    return { empty, deployed, withoutServer, destroyed, key, secondPlans, run, copied, addresses };
  } finally {
    await opened.close();
  }
}
