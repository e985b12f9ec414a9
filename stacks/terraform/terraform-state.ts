import {
  CloudBackend,
  DataTerraformRemoteState,
  DataTerraformRemoteStateLocal,
  LocalBackend,
  NamedCloudWorkspace,
  type TerraformRemoteState,
} from "cdktf";
import type { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";

type Place = Pick<Settings, "terraformCloud">;

/** A `cloud` block takes a project since Terraform 1.6; all the rest works with 1.5, the last one under its earlier licence. */
export function requiredTerraform({ terraformCloud }: Place): string {
  return terraformCloud?.project === undefined ? ">= 1.5.0" : ">= 1.6.0";
}

/** The state file of a stack as seen from its folder below the output folder: it lies in the project's root. */
const statePath = (stackId: string): string => `../../../terraform.${stackId}.tfstate`;

/** Says where a stack keeps its state: a file in the project's root, or its own workspace in Terraform Cloud. */
export function keepState(scope: Construct, stackId: string, { terraformCloud }: Place): void {
  if (terraformCloud === undefined) {
    // Relative on purpose: CDKTF's default writes an absolute path of this machine into the JSON.
    new LocalBackend(scope, { path: statePath(stackId) });
    return;
  }
  const { organization, hostname, project, workspacePrefix } = terraformCloud;
  new CloudBackend(scope, {
    organization,
    ...(hostname === undefined ? {} : { hostname }),
    workspaces: new NamedCloudWorkspace(workspacePrefix + stackId, project),
  });
}

/** Reads the outputs of another stack, which has to be deployed first. */
export function readState(scope: Construct, stackId: string, { terraformCloud }: Place): TerraformRemoteState {
  if (terraformCloud === undefined) {
    return new DataTerraformRemoteStateLocal(scope, stackId, { path: statePath(stackId) });
  }
  const { organization, hostname, workspacePrefix } = terraformCloud;
  return new DataTerraformRemoteState(scope, stackId, {
    organization,
    ...(hostname === undefined ? {} : { hostname }),
    workspaces: { name: workspacePrefix + stackId },
  });
}
