import type { SyncDefinition } from "../../../contract/model";

/** Where a sync writes, `s3://BUCKET/PREFIX/FOLDER/`: the remote folder stands at its end, as keys have it. */
export function targetOf({ setting: { LocalRepository, RemoteFolders } }: SyncDefinition): string {
  const parts = [LocalRepository.BucketName, LocalRepository.Prefix, RemoteFolders.Folder.replace(/^\/|\/$/g, "")];
  return `s3://${parts.filter((part) => part !== "").join("/")}/`;
}
