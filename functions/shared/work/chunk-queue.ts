import { z } from "zod";
import type { QueueState } from "./root";

/** Reads and writes the chunks of one queue by their ids. */
export interface ChunkStore {
  read(id: string): Promise<unknown>;
  write(id: string, items: readonly unknown[]): Promise<void>;
}

/**
 * A queue whose items lie in chunks of S3, written once and read in order; its state holds only their ids. What is
 * appended and taken within one slice never leaves memory.
 */
export class ChunkQueue<T> {
  private readonly items: z.ZodType<T[]>;
  private appended: T[] = [];
  private head: { readonly id: string; readonly items: readonly T[] } | undefined;

  constructor(
    private readonly state: QueueState,
    private readonly store: ChunkStore,
    item: z.ZodType<T>,
  ) {
    this.items = z.array(item);
  }

  get length(): number {
    return this.state.chunks.reduce((sum, { count }) => sum + count, 0) - this.state.taken + this.appended.length;
  }

  append(items: Iterable<T>): void {
    for (const item of items) {
      this.appended.push(item);
    }
  }

  async peek(): Promise<T | undefined> {
    const [first] = this.state.chunks;
    if (first === undefined) {
      return this.appended[0];
    }
    return (await this.chunk(first.id))[this.state.taken];
  }

  async shift(): Promise<T | undefined> {
    const item = await this.peek();
    const [first] = this.state.chunks;
    if (first === undefined) {
      this.appended.shift();
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
    for (const { id } of this.state.chunks) {
      yield* (await this.chunk(id)).slice(skip);
      skip = 0;
    }
    yield* this.appended;
  }

  /** Writes what was appended and not taken as one chunk. The state then names it; it counts once the root is committed. */
  async flush(id: string): Promise<void> {
    if (this.appended.length === 0) {
      return;
    }
    await this.store.write(id, this.appended);
    this.state.chunks.push({ id, count: this.appended.length });
    this.appended = [];
  }

  private async chunk(id: string): Promise<readonly T[]> {
    if (this.head?.id !== id) {
      this.head = { id, items: this.items.parse(await this.store.read(id)) };
    }
    return this.head.items;
  }
}
