import { join } from "node:path";
import { Opened } from "../../local/runner/opened";
import { CdktfProject } from "../deployment/world/cdktf-project";
import { definitionOf, syncOf } from "../deployment/world/definitions";
import { type EmulatedAccount, startEmulatedAccount } from "../deployment/world/emulated-account";
import { type Inventory, takeInventory } from "../deployment/world/inventory";
import { createTargetBucket } from "../deployment/world/objects";
import { CONTEXT } from "../deployment/world/project";
import { writeRemoteFile } from "../deployment/world/remote";
import { EMBEDDED, type RemoteServer } from "../end-to-end/remote-servers";
import { tempFolder } from "../support/temp-folder";
import { startTerraformCloud, type TerraformCloud } from "./service/service";

/** Settings as docs/terraform-cloud.md shows them. */
export const CLOUD = { organization: "acme", project: "partner-feeds", workspacePrefix: "sftp-sync-" };

export interface CloudWorld {
  readonly folder: string;
  readonly account: EmulatedAccount;
  /** What the account held before anything was deployed. */
  readonly empty: Inventory;
  readonly cloud: TerraformCloud;
  /** On the machine of somebody who has a token, and no credentials of AWS. */
  readonly project: CdktfProject;
  /** Has the file `orders/a.csv`. */
  readonly remote: RemoteServer;
  /** Ends commands that are under way. */
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

/** An installation with one server that is to be deployed with Terraform Cloud. @param signal ends commands that are under way. */
export async function startCloudWorld(signal: AbortSignal): Promise<CloudWorld> {
  const opened = new Opened();
  return opened.orClose(async () => {
    const folder = tempFolder();
    const account = opened.add(await startEmulatedAccount(join(folder, "account")));
    await createTargetBucket(account.operator);
    const remote = opened.add(await EMBEDDED.start());
    await writeRemoteFile(remote, "orders/a.csv", "alpha");
    const cloud = opened.add(
      await startTerraformCloud({
        folder: join(folder, "cloud"),
        organization: CLOUD.organization,
        variables: account.terraformEnvironment,
        signal,
      }),
    );
    const project = opened.add(
      new CdktfProject({
        folder: join(folder, "project"),
        context: { ...CONTEXT, additionalTags: { Team: "data" }, terraformCloud: CLOUD },
        // In CI the cdktf command draws no spinner.
        environment: { SSL_CERT_FILE: cloud.certificateFile, TF_TOKEN_app_terraform_io: cloud.token, CI: "true" },
        terraformSettings: cloud.settings,
        signal,
      }),
    );
    project.define([definitionOf("partner", remote, [syncOf("partner", remote, "orders")])]);
    const empty = await takeInventory(account.url);
    return { folder, account, empty, cloud, project, remote, signal, close: () => opened.close() };
  });
}
