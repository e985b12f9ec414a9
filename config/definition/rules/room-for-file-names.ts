import { hasRoomForFiles, ROOM } from "../../../contract/file-place";
import { withDigitsForTags } from "../../../contract/folder-tags";
import { parseBucketName, parsePrefix } from "../../fields/local-repository";
import { parseFolder } from "../../fields/remote-folders";
import { parsedAt } from "../../problems/parsed-at";
import { type Path, valueAt } from "../../problems/path";
import { error } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";

const NO_ROOM = error("leaves no room for a file's name, together with the bucket's name and Prefix", {
  allowed: `a shorter Prefix or Folder: ${ROOM}`,
});

/** A run succeeds and copies nothing where bucket, prefix and folder together leave no file a place in S3. */
export function fileNamesHaveRoom(data: Record<string, unknown>): PlacedFinding[] {
  const syncs = Array.isArray(data.SyncSettings) ? data.SyncSettings : [];
  return syncs.flatMap((_: unknown, index): PlacedFinding[] => {
    const sync = ["SyncSettings", index];
    const path = [...sync, "RemoteFolders", "Folder"];
    return hasRoom(data, sync) ? [] : [{ path, part: "value", finding: NO_ROOM }];
  });
}

/** True as well where a field is wrong, which has a problem of its own. */
function hasRoom(data: Record<string, unknown>, sync: Path): boolean {
  const BucketName = parsedAt(data, [...sync, "LocalRepository", "BucketName"], parseBucketName);
  const prefix = [...sync, "LocalRepository", "Prefix"];
  const Prefix = valueAt(data, prefix) === undefined ? "" : parsedAt(data, prefix, parsePrefix);
  const folder = parsedAt(data, [...sync, "RemoteFolders", "Folder"], parseFolder);
  if (BucketName === undefined || Prefix === undefined || folder === undefined) {
    return true;
  }
  return hasRoomForFiles({ BucketName, Prefix }, withDigitsForTags(folder));
}
