import type { BaseObjects } from "../../../local/s3/base-objects";
import { S3Store } from "../../../local/s3/s3-store";

/** Keys that are read at a time. */
const PAGE = 1000;

/** What `local` keeps in a data directory. */
export function folderBase(directory: string): BaseObjects {
  const store = S3Store.reading(directory);
  return {
    read: async (bucket, key) => {
      const object = (await store.hasBucket(bucket)) ? await store.open(bucket, key) : undefined;
      try {
        return object && { text: await object.handle.readFile("utf8"), etag: object.etag };
      } finally {
        await object?.handle.close();
      }
    },
    head: async (bucket, key) => {
      const found = (await store.hasBucket(bucket)) ? await store.head(bucket, key) : undefined;
      return found && { key, size: found.size, lastModified: found.lastModified };
    },
    async *list(bucket, prefix, { startAfter = "", flat = false } = {}) {
      let position = { after: startAfter, afterCommonPrefix: "" };
      for (let isLast = !(await store.hasBucket(bucket)); !isLast; ) {
        const page = await store.list(bucket, { prefix, delimiter: flat ? "/" : "", ...position, maxKeys: PAGE });
        yield* page.objects;
        isLast = page.next === undefined;
        position = page.next ?? position;
      }
    },
  };
}
