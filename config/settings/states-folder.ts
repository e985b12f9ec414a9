import type { Settings } from "./settings";

/** Begins the key of each state in a bucket: `sftp-sync/`, or `sftp-sync/NAME/` of an environment. */
export function statesFolder(keyPrefix: string, { environment }: Pick<Settings, "environment">): string {
  return environment === undefined ? keyPrefix : `${keyPrefix}${environment}/`;
}
