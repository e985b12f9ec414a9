import { parseBucketName, parsePrefix } from "../local-repository";
import { parsedAt } from "../parsed-at";
import { isRecord, type Path } from "../path";
import { MAX_KEY_BYTES, MAX_PATH_CHARACTERS } from "../path-limits";
import { error } from "../problem";
import { parseFolder, withTagsAsDigits } from "../remote-folders";
import type { PlacedFinding } from "../zod-findings";

/** The shortest that can follow: a slash and a name of one letter. */
const SHORTEST_FILE = "/f";

/** A run would list such a folder, succeed, and copy nothing, since none of its files could be named. */
export function foldersHaveRoomForFiles(data: Record<string, unknown>): PlacedFinding[] {
  const syncs: unknown[] = Array.isArray(data.SyncSettings) ? data.SyncSettings : [];
  return syncs.flatMap((sync, index) => (isRecord(sync) ? findingsOf(data, ["SyncSettings", index]) : []));
}

function findingsOf(data: Record<string, unknown>, sync: Path): PlacedFinding[] {
  const bucket = parsedAt(data, [...sync, "LocalRepository", "BucketName"], parseBucketName);
  const prefix = parsedAt(data, [...sync, "LocalRepository", "Prefix"], parsePrefix) ?? "";
  const path = [...sync, "RemoteFolders", "Folder"];
  const folder = parsedAt(data, path, parseFolder);
  if (bucket === undefined || folder === undefined) {
    return [];
  }
  const dated = withTagsAsDigits(folder);
  const file = dated.length + SHORTEST_FILE.length;
  const place = prefix === "" ? dated.slice(1) : `${prefix}${dated}`;
  const key = Buffer.byteLength(`${place}${SHORTEST_FILE}`);
  const destination = `/${bucket}/${place}`.length;
  const reasons = [
    ...(file > MAX_PATH_CHARACTERS ? [`a file in it has a path of ${file} characters at least`] : []),
    ...(key > MAX_KEY_BYTES ? [`with Prefix, a file in it has a key of ${key} bytes at least`] : []),
    ...(destination > MAX_PATH_CHARACTERS ? [`with bucket and Prefix, it has ${destination} characters`] : []),
  ];
  const allowed = `paths of ${MAX_PATH_CHARACTERS} characters, keys of ${MAX_KEY_BYTES} bytes`;
  return reasons.map((reason) => ({ path, part: "value", finding: error(`is too long: ${reason}`, { allowed }) }));
}
