import { type BigIntStats, lstatSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { refuseLinks } from "../errors/links";
import { cannotWrite, StorageFailure, storageFailure } from "../errors/storage-failure";
import { Serial } from "../locking/serial";
import { refuseStrangers } from "../privacy/refuse-strangers";
import { checkCondition, sameETag, type WriteCondition } from "./conditions";
import { ETags, etagOfLarge } from "./etag";
import { type ListPage, type ListRequest, listObjects } from "./list-objects";
import { type FoundFile, findObject, type OpenFile, openObject, placeObject, removeObject } from "./object-files";
import { invalidArgument, noSuchBucket, preconditionFailed } from "./s3-error";
import { type Body, type Upload, Uploads } from "./uploads";

export interface ObjectInfo {
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
  /** With its quotes. */
  readonly etag: string;
}

export interface OpenObject extends ObjectInfo, OpenFile {}
type FoundObject = ObjectInfo & FoundFile;

export interface S3StoreOptions {
  /** The time that written objects get; by default the file system's. */
  readonly now?: () => Date;
  /** Asked before anything is changed; what it throws prevents the change. */
  readonly beforeChange?: () => Promise<void>;
}

/** An object that is complete and about to take its place. `identity` is this file's alone, wherever it lies. */
export interface WrittenObject {
  readonly bucket: string;
  readonly key: string;
  readonly identity: string;
}

const identityOf = ({ ino, size, mtimeNs }: BigIntStats) => `${ino}:${size}:${mtimeNs}`;

const infoOf = ({ size, mtime }: BigIntStats, etag: string): ObjectInfo => ({
  size: Number(size),
  lastModified: mtime,
  etag,
});

/** S3's rules, less the ban on capitals; none can leave the directory or meet the store's own folders. */
const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/;

/**
 * Buckets and objects as plain folders and files: `DIRECTORY/BUCKET/KEY`. Size and time are the file's own, and files that
 * somebody else puts there are objects too, but links: none below the directory is followed. How keys that cannot be file names are kept is told in `key-path.ts`.
 */
export class S3Store {
  private readonly etags = new ETags();
  private readonly commits = new Serial();
  private readonly uploads: Uploads;
  private readonly requestCounts = new Map<string, number>();

  private readonly made = new Set<string>();
  private failure: StorageFailure | undefined;

  private constructor(
    /** Absolute. */
    readonly directory: string,
    private readonly options: S3StoreOptions,
  ) {
    this.uploads = new Uploads(directory, options.now);
  }

  /**
   * Opens a store, and makes its directory where there is none.
   * @throws StorageFailure if the directory cannot be used.
   */
  static async open(directory: string, options: S3StoreOptions = {}): Promise<S3Store> {
    const store = new S3Store(resolve(directory), options);
    await store.guard(async () => {
      await store.uploads.open();
      rmSync((await store.uploads.write("")).path); // Tells at once whether anything can be written.
    });
    return store;
  }

  /** A store that is only read: nothing is made or changed in its directory. */
  static reading(directory: string): S3Store {
    return new S3Store(resolve(directory), {});
  }

  /** Removes what was left half-written. To be called by whoever alone works with the directory. */
  async clearUploads(): Promise<void> {
    await this.guard(() => this.uploads.clear());
  }

  /** What last kept something from being written or read, since this was asked before. */
  takeFailure(): StorageFailure | undefined {
    const { failure } = this;
    this.failure = undefined;
    return failure;
  }

  /** Makes a bucket unless it is there. @throws StorageFailure where others can change what lies in it */
  async ensureBucket(bucket: string): Promise<void> {
    if (!BUCKET_NAME.test(bucket)) {
      throw invalidArgument(`The specified bucket is not valid: ${bucket}`);
    }
    await this.guard(async () => {
      const folder = join(this.directory, bucket);
      refuseLinks(this.directory, folder);
      await mkdir(folder, { recursive: true });
      await refuseStrangers(this.directory, folder);
    });
    this.made.add(bucket);
  }

  async hasBucket(bucket: string): Promise<boolean> {
    if (!BUCKET_NAME.test(bucket)) {
      return false;
    }
    return lstatSync(join(this.directory, bucket), { throwIfNoEntry: false })?.isDirectory() ?? false;
  }

  /**
   * Writes an object: under its key there is the old one or the whole new one, never a part. Conditions hold against other
   * writes at the same time; `ifAbsent` even against those of other processes.
   * @throws S3Error NoSuchBucket, NoSuchKey (`ifMatch` without an object), PreconditionFailed; StorageFailure, such as a full disk
   */
  async put(bucket: string, key: string, body: Body, condition?: WriteCondition): Promise<ObjectInfo> {
    const { stats, content } = await this.write({ bucket, key }, body, async () => undefined, condition);
    return infoOf(stats, content === undefined ? etagOfLarge(stats) : this.etags.note(stats, content));
  }

  private async write(
    { bucket, key }: Pick<WrittenObject, "bucket" | "key">,
    body: Body,
    beforePlacing: (upload: Upload) => Promise<void>,
    condition?: WriteCondition,
  ): Promise<Pick<Upload, "stats" | "content">> {
    const folder = await this.bucketFolder(bucket);
    const upload = await this.guard(() => this.uploads.write(body));
    try {
      return await this.guard(async () => {
        await beforePlacing(upload);
        const stats = await this.commits.run(bucket, () => this.commit(folder, key, upload, condition));
        return { stats, content: upload.content };
      });
    } catch (error) {
      rmSync(upload.path, { force: true });
      throw error;
    }
  }

  /**
   * What the connector does: streams a file's content into an object, which appears when it is complete. Its ETag is computed by
   * whoever asks for it.
   */
  async writeStream(
    bucket: string,
    key: string,
    stream: AsyncIterable<Uint8Array>,
    beforePlacing?: (object: WrittenObject) => Promise<void>,
  ): Promise<Pick<ObjectInfo, "size">> {
    const { stats } = await this.write({ bucket, key }, stream, async (upload) => {
      await beforePlacing?.({ bucket, key, identity: identityOf(upload.stats) });
    });
    return { size: Number(stats.size) };
  }

  /** Whether this very object lies under its key. */
  async holds({ bucket, key, identity }: WrittenObject): Promise<boolean> {
    const file = (await this.hasBucket(bucket)) ? findObject(join(this.directory, bucket), key) : undefined;
    return file !== undefined && identityOf(file.stats) === identity;
  }

  private async commit(
    folder: string,
    key: string,
    upload: Upload,
    condition?: WriteCondition,
  ): Promise<Upload["stats"]> {
    await this.options.beforeChange?.();
    if (condition !== undefined) {
      checkCondition(condition, key, (await this.find(folder, key))?.etag);
    }
    const exclusive = condition !== undefined && "ifAbsent" in condition;
    const path = placeObject(folder, key, upload.path, exclusive);
    if (path === undefined) {
      throw preconditionFailed();
    }
    // The move has changed when the file was last changed, by which its ETag is kept.
    const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    const isThere = found !== undefined && identityOf(found) === identityOf(upload.stats);
    return isThere ? found : upload.stats; // Somebody has already taken it away.
  }

  /** Opens an object for reading; the caller closes its handle. What is read is this version, whatever is written meanwhile. */
  async open(bucket: string, key: string): Promise<OpenObject | undefined> {
    return this.openIn(await this.bucketFolder(bucket), key);
  }

  async head(bucket: string, key: string): Promise<ObjectInfo | undefined> {
    return this.find(await this.bucketFolder(bucket), key);
  }

  /** Deletes an object, if there is one. @throws S3Error PreconditionFailed if it has another ETag than `ifMatch` */
  async delete(bucket: string, key: string, ifMatch?: string): Promise<void> {
    const folder = await this.bucketFolder(bucket);
    await this.guard(() =>
      this.commits.run(bucket, async () => {
        const current = await this.find(folder, key);
        if (current === undefined) {
          return;
        }
        if (ifMatch !== undefined && !sameETag(current.etag, ifMatch)) {
          throw preconditionFailed();
        }
        await this.options.beforeChange?.();
        removeObject(folder, current.path);
      }),
    );
  }

  async list(bucket: string, request: ListRequest): Promise<ListPage> {
    return listObjects(await this.bucketFolder(bucket), request);
  }

  /** HTTP requests for this bucket so far; what the connector writes does not count. */
  requests(bucket: string): number {
    return this.requestCounts.get(bucket) ?? 0;
  }

  countRequest(bucket: string): void {
    this.requestCounts.set(bucket, this.requests(bucket) + 1);
  }

  private async bucketFolder(bucket: string): Promise<string> {
    const folder = join(this.directory, bucket);
    const found = await this.noted(async () =>
      BUCKET_NAME.test(bucket) ? refuseLinks(this.directory, folder) : undefined,
    );
    if (!found?.isDirectory()) {
      if (this.made.has(bucket)) {
        this.failure = cannotWrite("ENOENT", folder);
      }
      throw noSuchBucket(bucket);
    }
    return folder;
  }

  private async openIn(folder: string, key: string): Promise<OpenObject | undefined> {
    const file = await this.noted(() => openObject(folder, key));
    if (file === undefined) {
      return undefined;
    }
    try {
      return { ...file, ...infoOf(file.stats, await this.etags.of(file.handle, file.stats)) };
    } catch (error) {
      await file.handle.close();
      throw error;
    }
  }

  /** Opens an object only where its content is needed for its ETag. */
  private async find(folder: string, key: string): Promise<FoundObject | undefined> {
    const found = await this.noted(async () => findObject(folder, key));
    const etag = found && this.etags.known(found.stats);
    if (found !== undefined && etag !== undefined) {
      return { ...found, ...infoOf(found.stats, etag) };
    }
    const object = found && (await this.openIn(folder, key));
    if (object === undefined) {
      return undefined;
    }
    const { handle, ...rest } = object;
    await handle.close();
    return rest;
  }

  private guard<T>(work: () => Promise<T>): Promise<T> {
    return this.noted(() =>
      work().catch((error: unknown) => {
        throw storageFailure(error, this.directory);
      }),
    );
  }

  /** Remembers a failure that only the owner of the directory can mend. */
  private async noted<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StorageFailure) {
        this.failure = error;
      }
      throw error;
    }
  }
}
