import { hasRoomForFiles, ROOM } from "../../../contract/file-place";
import { withDigitsForTags } from "../../../contract/folder-tags";
import { error } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";
import type { DefinitionFields } from "../form/definition-schema";

const NO_ROOM = error("leaves no room for a file's name, together with the bucket's name and Prefix", {
  allowed: `a shorter Prefix or Folder: ${ROOM}`,
});

/** A run succeeds and copies nothing where bucket, prefix and folder together leave no file a place in S3. */
export function fileNamesHaveRoom({ SyncSettings }: DefinitionFields): PlacedFinding[] {
  return SyncSettings.items.flatMap(({ fields }): PlacedFinding[] => {
    const repository = fields?.LocalRepository.fields;
    const folder = fields?.RemoteFolders.fields?.Folder;
    const BucketName = repository?.BucketName.value;
    const Prefix = repository?.Prefix.value;
    // A field that is wrong has a problem of its own.
    if (BucketName === undefined || Prefix === undefined || folder?.value === undefined) {
      return [];
    }
    const hasRoom = hasRoomForFiles({ BucketName, Prefix }, withDigitsForTags(folder.value));
    return hasRoom ? [] : [{ path: folder.path, part: "value", finding: NO_ROOM }];
  });
}
