import {
  CloudBackend,
  DataTerraformRemoteState,
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend as StateBucket,
  type TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";
import { statesFolder } from "../../config/settings/states-folder";

type Place = Pick<Settings, "terraformCloud" | "s3Backend" | "region" | "environment">;

type S3Backend = NonNullable<Place["s3Backend"]>;

/**
 * A `cloud` block takes a project since Terraform 1.6, and S3 keeps locks by itself since 1.10; all the rest works with 1.5, the
 * last one under its earlier licence.
 */
export function requiredTerraform({ terraformCloud, s3Backend }: Place): string {
  if (s3Backend !== undefined) {
    return ">= 1.10.0";
  }
  return terraformCloud?.project === undefined ? ">= 1.5.0" : ">= 1.6.0";
}

/** The state file of a stack as seen from its folder below the output folder: it lies in the project's root. */
function statePath(stackId: string, { environment }: Place): string {
  return `../../../terraform.${environment === undefined ? "" : `${environment}.`}${stackId}.tfstate`;
}

/** Where a stack's state lies in a bucket. */
function s3Place(stackId: string, { bucket, region, keyPrefix }: S3Backend, place: Place) {
  return { bucket, key: `${statesFolder(keyPrefix, place)}${stackId}.tfstate`, region: region ?? place.region };
}

/** Says where a stack keeps its state: its own workspace in Terraform Cloud, a bucket, or a file in the project's root. */
export function keepState(stack: TerraformStack, stackId: string, place: Place): void {
  const { terraformCloud, s3Backend } = place;
  if (terraformCloud !== undefined) {
    const { organization, hostname, project, workspacePrefix } = terraformCloud;
    new CloudBackend(stack, {
      organization,
      ...(hostname === undefined ? {} : { hostname }),
      workspaces: new NamedCloudWorkspace(workspacePrefix + stackId, project),
    });
  } else if (s3Backend !== undefined) {
    const { kmsKeyArn } = s3Backend;
    new StateBucket(stack, {
      ...s3Place(stackId, s3Backend, place),
      encrypt: true,
      ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
    });
    stack.addOverride("terraform.backend.s3.use_lockfile", true); // CDKTF is older than the option.
  } else {
    // Relative on purpose: CDKTF's default writes an absolute path of this machine into the JSON.
    new LocalBackend(stack, { path: statePath(stackId, place) });
  }
}

/** Reads the outputs of another stack, which has to be deployed first. */
export function readState(scope: Construct, stackId: string, place: Place): TerraformRemoteState {
  const { terraformCloud, s3Backend } = place;
  if (terraformCloud !== undefined) {
    const { organization, hostname, workspacePrefix } = terraformCloud;
    return new DataTerraformRemoteState(scope, stackId, {
      organization,
      ...(hostname === undefined ? {} : { hostname }),
      workspaces: { name: workspacePrefix + stackId },
    });
  }
  return s3Backend === undefined
    ? new DataTerraformRemoteStateLocal(scope, stackId, { path: statePath(stackId, place) })
    : new DataTerraformRemoteStateS3(scope, stackId, s3Place(stackId, s3Backend, place));
}
