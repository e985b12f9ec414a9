import { joinPath, objectKey } from "../../contract/file-place";
import type { ObjectStore, ObjectSummary } from "../ports/services";
import { lookUpObjects } from "../target/target-objects";
import type { Batch, FileItem, Intent } from "../work/items";

export interface DoubtfulFiles {
  /** An object of the listed size is there that is not older than the intent. */
  readonly arrived: readonly FileItem[];
  /** Such an object, of another size. */
  readonly changed: readonly FileItem[];
  readonly missing: readonly FileItem[];
}

/**
 * Looks for the files of a batch of which the service tells nothing, such as one whose id was lost. Only S3 can tell.
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
  const objectOf = ({ name }: FileItem) => {
    const object = found.get(name);
    return object !== undefined && object.lastModified.getTime() >= since ? object : undefined;
  };
  const isWhole = ({ size }: FileItem, object: ObjectSummary) => size === undefined || object.size === size;
  const there = batch.files.flatMap((file) => {
    const object = objectOf(file);
    return object === undefined ? [] : [{ file, whole: isWhole(file, object) }];
  });
  return {
    arrived: there.filter(({ whole }) => whole).map(({ file }) => file),
    changed: there.filter(({ whole }) => !whole).map(({ file }) => file),
    missing: batch.files.filter((file) => objectOf(file) === undefined),
  };
}
