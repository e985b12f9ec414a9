import * as z from "zod";
import { type ChunkEntry, chunkEntrySchema, type QueueState } from "./root";

/** Reads and writes the chunks of one queue by their ids. */
export interface ChunkStore {
  read<R>(schema: z.ZodType<R>, id: string): Promise<R>;
  write(id: string, items: readonly unknown[]): Promise<void>;
}

/** Entries that a list has; as many at the front of the state, which are needed soon, are left out of lists. */
const ENTRIES = 8;

const entriesSchema = z.array(chunkEntrySchema).min(1);

/** How many items a queue's chunks hold. */
export function itemsIn({ chunks, taken }: QueueState): number {
  return chunks.reduce((sum, { count }) => sum + count, 0) - taken;
}

/**
 * A queue whose items lie in chunks of S3, written once and read in order. What is appended and taken within one slice
 * never leaves memory. Its state names the chunks at both ends; those in between stand in lists, which are chunks too,
 * and those in lists of lists: so the state stays small however long the queue is, and each chunk is named once.
 */
export class ChunkQueue<T> {
  private appended: T[] = [];
  /** How many of the appended were taken or written. */
  private gone = 0;
  private head: { readonly id: string; readonly items: readonly T[] } | undefined;

  /**
   * @param items of a chunk.
   * @param chunkItems so many at most.
   */
  constructor(
    private readonly state: QueueState,
    private readonly store: ChunkStore,
    private readonly items: z.ZodType<T[]>,
    private readonly chunkItems: number,
  ) {}

  get length(): number {
    return itemsIn(this.state) + this.unwritten;
  }

  /** Items that only this invocation knows. */
  get unwritten(): number {
    return this.appended.length - this.gone;
  }

  append(items: Iterable<T>): void {
    for (const item of items) {
      this.appended.push(item);
    }
  }

  async peek(): Promise<T | undefined> {
    const first = await this.first();
    return first === undefined ? this.appended[this.gone] : (await this.chunk(first.id))[this.state.taken];
  }

  async shift(): Promise<T | undefined> {
    const item = await this.peek();
    const [first] = this.state.chunks;
    if (first === undefined) {
      this.drop(Math.min(1, this.unwritten));
      return item;
    }
    this.state.taken += 1;
    if (this.state.taken === first.count) {
      this.state.chunks.shift();
      this.state.taken = 0;
    }
    return item;
  }

  /** Every item, without taking any. */
  async *read(): AsyncGenerator<T> {
    let skip = this.state.taken;
    for await (const id of this.chunkIds(this.state.chunks)) {
      yield* (await this.chunk(id)).slice(skip);
      skip = 0;
    }
    yield* this.appended.slice(this.gone);
  }

  /**
   * Writes what was appended and not taken. The state then names it; it counts once the root is committed.
   * @param newId gives an id that nobody else uses.
   */
  async flush(newId: () => string): Promise<void> {
    while (this.unwritten > 0) {
      const items = this.appended.slice(this.gone, this.gone + this.chunkItems);
      const id = newId();
      await this.store.write(id, items);
      this.state.chunks.push({ id, count: items.length, level: 0 });
      this.drop(items.length);
      await this.fold(newId);
    }
  }

  /** Puts the oldest of the entries that stand in a row behind the front into a list, and so on for rows of lists. */
  private async fold(newId: () => string): Promise<void> {
    const { chunks } = this.state;
    let end = chunks.length;
    for (let level = 0; ; level += 1) {
      const before = chunks.findLastIndex((entry, index) => index < end && entry.level !== level);
      const start = Math.max(before + 1, ENTRIES);
      if (end - start < ENTRIES) {
        return;
      }
      const list = chunks.slice(start, start + ENTRIES);
      const id = newId();
      await this.store.write(id, list);
      const count = list.reduce((sum, entry) => sum + entry.count, 0);
      chunks.splice(start, ENTRIES, { id, count, level: level + 1 });
      end = start + 1;
    }
  }

  /** The chunk at the front; a list there gives way to what it names. */
  private async first(): Promise<ChunkEntry | undefined> {
    const { chunks } = this.state;
    let [first] = chunks;
    while (first !== undefined && first.level > 0) {
      chunks.splice(0, 1, ...(await this.list(first.id)));
      [first] = chunks;
    }
    return first;
  }

  private async *chunkIds(entries: readonly ChunkEntry[]): AsyncGenerator<string> {
    for (const { id, level } of entries) {
      if (level === 0) {
        yield id;
      } else {
        yield* this.chunkIds(await this.list(id));
      }
    }
  }

  private async list(id: string): Promise<readonly ChunkEntry[]> {
    return this.store.read(entriesSchema, id);
  }

  private async chunk(id: string): Promise<readonly T[]> {
    if (this.head?.id !== id) {
      this.head = { id, items: await this.store.read(this.items, id) };
    }
    return this.head.items;
  }

  /** Forgets the first of the appended. */
  private drop(count: number): void {
    this.gone += count;
    if (this.gone === this.appended.length) {
      this.appended = [];
      this.gone = 0;
    }
  }
}
