import { joinPath, objectKey } from "../../contract/file-place";
import type { ObjectStore } from "../ports/services";
import { lookUpObjects } from "../target/target-objects";
import type { Batch, FileItem, Intent } from "../work/items";

export interface DoubtfulFiles {
  readonly arrived: readonly FileItem[];
  readonly missing: readonly FileItem[];
}

/**
 * Looks for the files of a batch whose id was lost. Only S3 can tell: an object of the listed size that is not older than
 * the intent has arrived.
 * @param intendedAt ISO 8601.
 */
export async function lookForFiles(
  objects: ObjectStore,
  { destination }: Intent,
  batch: Batch,
  intendedAt: string,
): Promise<DoubtfulFiles> {
  const directory = objectKey(destination.prefix, joinPath(batch.folder, ""));
  const names = batch.files.map(({ name }) => name);
  const found = await lookUpObjects(objects, destination.bucket, directory, names);
  // LastModified has whole seconds.
  const since = Math.floor(Date.parse(intendedAt) / 1000) * 1000;
  const hasArrived = ({ name, size }: FileItem) => {
    const object = found.get(name);
    const isNew = object !== undefined && object.lastModified.getTime() >= since;
    return isNew && (size === undefined || object.size === size);
  };
  return { arrived: batch.files.filter(hasArrived), missing: batch.files.filter((file) => !hasArrived(file)) };
}
