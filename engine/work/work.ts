import { randomUUID } from "node:crypto";
import * as z from "zod";
import { LISTINGS_FOLDER } from "../../contract/layout";
import { SliceSuperseded } from "../errors";
import { type Failure, failureSchema } from "../failures/failure";
import { ConditionFailed } from "../ports/errors";
import type { ObjectStore } from "../ports/services";
import { type ReportedFile, reportedFileSchema, type SkippedFile, skippedFileSchema } from "../report";
import type { RunContext } from "../run-context";
import { parseStored } from "../stored-json";
import { ChunkQueue } from "./chunk-queue";
import {
  type Batch,
  batchSchema,
  type FrontierItem,
  frontierItemSchema,
  type Intent,
  intentSchema,
  type ListedFolder,
  listedFolderSchema,
  type RepeatedFolder,
  repeatedFolderSchema,
  type StartedBatch,
  type StartedListing,
  startedListingSchema,
  startedSchema,
} from "./items";
import { type QueueName, type Root, rootSchema, type TransferGroup } from "./root";

export const ROOT_FILE = "root.json";

/** What the chunks of each queue hold: schemas take long to make, and every slice reads its queues. */
const CHUNKS = {
  frontier: z.array(frontierItemSchema),
  repeats: z.array(repeatedFolderSchema),
  folders: z.array(listedFolderSchema),
  batches: z.array(batchSchema),
  failures: z.array(failureSchema),
  files: z.array(reportedFileSchema),
  skipped: z.array(skippedFileSchema),
  unchanged: z.array(skippedFileSchema),
};

const waveSchema = z.array(startedListingSchema);

/** Items of one chunk at most: about 100 KB, since a slice reads the whole chunk at the front, however little it takes. */
const CHUNK_ITEMS: { readonly [name in QueueName]: number } = {
  frontier: 1000,
  repeats: 1000,
  folders: 500,
  batches: 100,
  failures: 500,
  files: 1000,
  skipped: 1000,
  unchanged: 1000,
};

/** Files of a run that are written down one by one, of each kind; the counters count them all. */
export const MOST_FILES = 1_000_000;

const STARTED_SUFFIX = ".started";
const SUPERSEDED = "Another invocation of this run has gone on in the meantime";

/**
 * A run's work state in S3, as one invocation holds it: load, change `root` and the queues, commit. A crash between two
 * commits loses only what the next invocation will find out again.
 */
export class Work {
  readonly frontier: ChunkQueue<FrontierItem>;
  readonly repeats: ChunkQueue<RepeatedFolder>;
  readonly folders: ChunkQueue<ListedFolder>;
  readonly batches: ChunkQueue<Batch>;
  readonly failures: ChunkQueue<Failure>;
  readonly files: ChunkQueue<ReportedFile>;
  readonly skipped: ChunkQueue<SkippedFile>;
  readonly unchanged: ChunkQueue<SkippedFile>;
  /** Tells this invocation's chunks from those of a crashed or doubled one. A UUID costs less than `randomBytes`. */
  private readonly token = randomUUID().slice(0, 8);
  private ids = 0;

  private constructor(
    private readonly objects: ObjectStore,
    readonly context: RunContext,
    readonly root: Root,
    private etag: string | undefined,
  ) {
    this.frontier = this.queue("frontier", CHUNKS.frontier);
    this.repeats = this.queue("repeats", CHUNKS.repeats);
    this.folders = this.queue("folders", CHUNKS.folders);
    this.batches = this.queue("batches", CHUNKS.batches);
    this.failures = this.queue("failures", CHUNKS.failures);
    this.files = this.queue("files", CHUNKS.files);
    this.skipped = this.queue("skipped", CHUNKS.skipped);
    this.unchanged = this.queue("unchanged", CHUNKS.unchanged);
  }

  /** `undefined`: the run has not begun. */
  static async load(objects: ObjectStore, context: RunContext): Promise<Work | undefined> {
    const stored = await readRoot(objects, context.bucket, context.prefix);
    return stored && new Work(objects, context, stored.root, stored.etag);
  }

  /** The state of a run that begins; nothing is written before its first commit. */
  static begin(objects: ObjectStore, context: RunContext, root: Root): Work {
    return new Work(objects, context, root, undefined);
  }

  /**
   * Writes what changed, the root last: the fence that every group of Start* calls has to pass.
   * @throws SliceSuperseded where another invocation has committed in between.
   */
  async commit(): Promise<void> {
    const newId = () => this.newId();
    await this.frontier.flush(newId);
    await this.repeats.flush(newId);
    await this.folders.flush(newId);
    await this.batches.flush(newId);
    await this.failures.flush(newId);
    await this.files.flush(newId);
    await this.skipped.flush(newId);
    await this.unchanged.flush(newId);
    this.root.revision += 1;
    this.root.writer = `${this.root.revision}-${this.token}`;
    this.etag = await this.writeRoot();
  }

  /** Notes files that were transferred, or in a dry run would be. */
  noteFiles(files: readonly ReportedFile[]): void {
    this.files.append(files.slice(0, Math.max(0, MOST_FILES - this.files.length)));
  }

  /**
   * Writes the noted files once they fill a chunk: a slice may decide about more of them than a function can hold. They count once the
   * root is committed.
   */
  async writeFiles(): Promise<void> {
    for (const queue of [this.files, this.skipped, this.unchanged]) {
      if (queue.unwritten >= CHUNK_ITEMS.files) {
        await queue.flush(() => this.newId());
      }
    }
  }

  /** @throws SliceSuperseded where another invocation has committed since this one's last commit. */
  async checkFence(): Promise<void> {
    const { bucket, prefix } = this.context;
    if ((await readRoot(this.objects, bucket, prefix))?.etag !== this.etag) {
      throw new SliceSuperseded(SUPERSEDED);
    }
  }

  /** Whether this run made the calls, not one that it took over. */
  isOwn({ key }: TransferGroup): boolean {
    return key.startsWith(this.context.prefix);
  }

  /** Where the listings of a wave appear, without a slash at the end. */
  listingsFolder(wave: string): string {
    return `${this.context.prefix}${LISTINGS_FOLDER}${wave}`;
  }

  async writeWave(listings: readonly StartedListing[], wave: string): Promise<void> {
    await this.write(`waves/${wave}.json`, listings);
  }

  async readWave(wave: string): Promise<StartedListing[]> {
    return this.readJson(waveSchema, `${this.context.prefix}waves/${wave}.json`);
  }

  /** @returns the intent's key. */
  async writeIntent(intent: Intent): Promise<string> {
    return this.write(`transfers/${this.newId()}.json`, intent);
  }

  /** `undefined`: it is gone, as an earlier run's may be once its objects have expired. */
  async readIntent(key: string): Promise<Intent | undefined> {
    const stored = await this.objects.read(this.context.bucket, key);
    return stored && parseStored(intentSchema, stored.text, this.place(key));
  }

  async writeStarted(intentKey: string, started: readonly StartedBatch[]): Promise<void> {
    await this.objects.write(this.context.bucket, intentKey + STARTED_SUFFIX, JSON.stringify(started));
  }

  /** `undefined`: the invocation that announced the calls did not live to write down what became of them. */
  async readStarted(intentKey: string): Promise<StartedBatch[] | undefined> {
    const stored = await this.objects.read(this.context.bucket, intentKey + STARTED_SUFFIX);
    return stored && parseStored(startedSchema, stored.text, this.place(intentKey + STARTED_SUFFIX));
  }

  /** An id that no other invocation uses, in the order of creation. */
  newId(): string {
    this.ids += 1;
    const revision = String(this.root.revision).padStart(6, "0");
    return `${revision}-${this.token}-${this.ids}`;
  }

  private queue<T>(name: QueueName, items: z.ZodType<T[]>): ChunkQueue<T> {
    const key = (id: string) => `${name}/${id}.json`;
    const store = {
      read: <R>(schema: z.ZodType<R>, id: string) => this.readJson(schema, this.context.prefix + key(id)),
      write: async (id: string, items: readonly unknown[]) => {
        await this.write(key(id), items);
      },
    };
    return new ChunkQueue(this.root.queues[name], store, items, CHUNK_ITEMS[name]);
  }

  private async write(name: string, value: unknown): Promise<string> {
    const key = this.context.prefix + name;
    await this.objects.write(this.context.bucket, key, JSON.stringify(value));
    return key;
  }

  private place(key: string): string {
    return `s3://${this.context.bucket}/${key}`;
  }

  private async readJson<T>(schema: z.ZodType<T>, key: string): Promise<T> {
    const stored = await this.objects.read(this.context.bucket, key);
    if (stored === undefined) {
      throw new Error(`${this.place(key)} is part of the run's work state, and is gone`);
    }
    return parseStored(schema, stored.text, this.place(key));
  }

  private async writeRoot(): Promise<string> {
    const { bucket, prefix } = this.context;
    const condition = this.etag === undefined ? { ifAbsent: true as const } : { ifMatch: this.etag };
    try {
      return await this.objects.write(bucket, prefix + ROOT_FILE, JSON.stringify(this.root), condition);
    } catch (error) {
      if (!(error instanceof ConditionFailed)) {
        throw error;
      }
      // The SDK repeats a PUT whose answer was lost, and then meets its own write.
      const stored = await readRoot(this.objects, bucket, prefix);
      if (stored?.root.writer === this.root.writer) {
        return stored.etag;
      }
      throw new SliceSuperseded(SUPERSEDED, { cause: error });
    }
  }
}

export async function readRoot(
  objects: ObjectStore,
  bucket: string,
  runPrefix: string,
): Promise<{ root: Root; etag: string } | undefined> {
  const key = runPrefix + ROOT_FILE;
  const stored = await objects.read(bucket, key);
  return stored && { root: parseStored(rootSchema, stored.text, `s3://${bucket}/${key}`), etag: stored.etag };
}
