import type { Settings } from "../../config/settings/settings";
import { statesFolder } from "../../config/settings/states-folder";

type Place = Pick<Settings, "environment">;

/** The file in the project's root that holds the state of a stack, where no backend is set. */
export function stateFileName(stackId: string, { environment }: Place): string {
  return `terraform.${environment === undefined ? "" : `${environment}.`}${stackId}.tfstate`;
}

/** The key of a stack's state in the bucket of `s3Backend`. */
export function stateKey(stackId: string, keyPrefix: string, place: Place): string {
  return `${statesFolder(keyPrefix, place)}${stackId}.tfstate`;
}
