import { joinPath, objectKey } from "../../contract/file-place";
import type { ObjectStore, ObjectSummary } from "../ports/services";
import type { Slice } from "../slice";
import { byUtf8 } from "./utf8-order";

/** What a LIST costs, in HEADs (S3 price list). */
const HEADS_PER_LIST = 12;

/** Up to here one HEAD per key is asked; beyond, the keys' range is listed. */
export const MAX_HEADS = 10;

const PARALLEL_HEADS = 5;

/** Keys that a LIST answers (S3 API reference, ListObjectsV2). */
const KEYS_PER_LIST = 1000;

/**
 * Looks the given names up below one folder of a target bucket: by HEAD when few, by ListObjectsV2 when many. Only where so
 * much lies between them that listing it would cost more than a HEAD for each, HEADs ask for those that are left.
 * @param directory the key's part before the names, with a slash at the end, or empty.
 * @returns by name, those that exist.
 */
export async function lookUpObjects(
  objects: ObjectStore,
  bucket: string,
  directory: string,
  names: readonly string[],
): Promise<Map<string, ObjectSummary>> {
  return names.length <= MAX_HEADS
    ? headEach(objects, bucket, directory, names)
    : listRange(objects, bucket, directory, names);
}

/** The objects of a remote folder's files in the sync's own target. */
export async function lookUpInTarget(
  { services, context }: Pick<Slice, "services" | "context">,
  folder: string,
  names: readonly string[],
): Promise<Map<string, ObjectSummary>> {
  const { BucketName, Prefix } = context.sync.LocalRepository;
  return lookUpObjects(services.objects, BucketName, objectKey(Prefix, joinPath(folder, "")), names);
}

async function headEach(objects: ObjectStore, bucket: string, directory: string, names: readonly string[]) {
  const found = new Map<string, ObjectSummary>();
  for (let start = 0; start < names.length; start += PARALLEL_HEADS) {
    const some = names.slice(start, start + PARALLEL_HEADS);
    const summaries = await Promise.all(some.map((name) => objects.head(bucket, directory + name)));
    summaries.forEach((summary, index) => {
      const name = some[index];
      if (summary !== undefined && name !== undefined) {
        found.set(name, summary);
      }
    });
  }
  return found;
}

async function listRange(objects: ObjectStore, bucket: string, directory: string, names: readonly string[]) {
  const wanted = new Set(names);
  const inOrder = [...names].sort(byUtf8);
  const first = inOrder[0] ?? "";
  const last = inOrder.at(-1) ?? "";
  const found = new Map<string, ObjectSummary>();
  let affordable = Math.ceil(names.length / HEADS_PER_LIST) * KEYS_PER_LIST;
  // StartAfter leaves out the key it names, so it has to be a key before the first one: the first without its last
  // character sorts before it.
  const startAfter = directory + Array.from(first).slice(0, -1).join("");
  for await (const summary of objects.list(bucket, directory, { startAfter, flat: true })) {
    const name = summary.key.slice(directory.length);
    if (byUtf8(name, last) > 0) {
      break;
    }
    if (affordable === 0) {
      const left = inOrder.filter((other) => byUtf8(other, name) >= 0);
      return new Map([...found, ...(await headEach(objects, bucket, directory, left))]);
    }
    affordable -= 1;
    if (wanted.has(name)) {
      found.set(name, summary);
    }
  }
  return found;
}
