import { expect } from "chai";
import * as z from "zod";
import { ChunkQueue } from "../../../engine/work/chunk-queue";
import type { QueueState } from "../../../engine/work/root";
import { randomNumbers } from "../../support/random";

class FakeChunks {
  readonly written = new Map<string, readonly unknown[]>();
  reads = 0;

  async read<R>(schema: z.ZodType<R>, id: string): Promise<R> {
    this.reads += 1;
    return schema.parse(JSON.parse(JSON.stringify(this.written.get(id))));
  }

  async write(id: string, items: readonly unknown[]): Promise<void> {
    this.written.set(id, [...items]);
  }
}

const CHUNK_ITEMS = 3;

/** Of a state, for all the lengths that are tried here. */
const MOST_ENTRIES = 60;

function setUp(state: QueueState = { chunks: [], taken: 0 }, store = new FakeChunks()) {
  return { state, store, queue: new ChunkQueue(state, store, z.array(z.number()), CHUNK_ITEMS) };
}

/** Gives `id`, then `id2`, `id3`, ... */
function ids(id: string): () => string {
  let given = 0;
  return () => {
    given += 1;
    return given === 1 ? id : `${id}${given}`;
  };
}

/** As the next invocation finds it: the state through JSON, the chunks from the store. */
function reloaded({ state, store }: ReturnType<typeof setUp>) {
  return setUp(JSON.parse(JSON.stringify(state)), store);
}

async function all(items: AsyncIterable<number>): Promise<number[]> {
  const found: number[] = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

async function drained(queue: ChunkQueue<number>): Promise<number[]> {
  const taken: number[] = [];
  for (let item = await queue.shift(); item !== undefined; item = await queue.shift()) {
    taken.push(item);
  }
  return taken;
}

describe("ChunkQueue", () => {
  it("is empty at first", async () => {
    const { queue } = setUp();
    expect(queue.length).to.equal(0);
    expect(await queue.peek()).to.equal(undefined);
    expect(await queue.shift()).to.equal(undefined);
    expect(queue.length).to.equal(0);
  });

  it("writes nothing of what is appended and taken within one slice", async () => {
    const { queue, store } = setUp();
    queue.append([1, 2]);
    expect(await drained(queue)).to.deep.equal([1, 2]);
    await queue.flush(ids("a"));
    expect(store.written.size).to.equal(0);
  });

  it("writes what was not taken as one chunk", async () => {
    const { queue, store, state } = setUp();
    queue.append([1, 2]);
    queue.append([3]);
    await queue.shift();
    await queue.flush(ids("a"));
    expect([...store.written]).to.deep.equal([["a", [2, 3]]]);
    expect(state).to.deep.equal({ chunks: [{ id: "a", count: 2, level: 0 }], taken: 0 });
    expect(queue.length).to.equal(2);
  });

  it("flushes a second time only what came since", async () => {
    const { queue, store } = setUp();
    queue.append([1]);
    await queue.flush(ids("a"));
    await queue.flush(ids("b"));
    queue.append([2]);
    await queue.flush(ids("c"));
    expect([...store.written]).to.deep.equal([
      ["a", [1]],
      ["c", [2]],
    ]);
  });

  it("is read in order over chunks and what is in memory", async () => {
    const { queue } = setUp();
    queue.append([1, 2]);
    await queue.flush(ids("a"));
    queue.append([3]);
    await queue.flush(ids("b"));
    queue.append([4]);
    expect(await all(queue.read())).to.deep.equal([1, 2, 3, 4]);
    expect(queue.length).to.equal(4);
    expect(await drained(queue)).to.deep.equal([1, 2, 3, 4]);
    expect(queue.length).to.equal(0);
  });

  it("is read from where it was taken to", async () => {
    const { queue } = setUp();
    queue.append([1, 2]);
    await queue.flush(ids("a"));
    queue.append([3]);
    await queue.flush(ids("b"));
    await queue.shift();
    expect(await all(queue.read())).to.deep.equal([2, 3]);
    expect(await queue.shift()).to.equal(2);
  });

  it("goes on after a reload in the middle of a chunk", async () => {
    const first = setUp();
    first.queue.append([1, 2, 3]);
    await first.queue.flush(ids("a"));
    await first.queue.shift();
    const second = reloaded(first);
    second.queue.append([4]);
    await second.queue.flush(ids("b"));
    const third = reloaded(second);
    expect(third.queue.length).to.equal(3);
    expect(await drained(third.queue)).to.deep.equal([2, 3, 4]);
    expect(third.state).to.deep.equal({ chunks: [], taken: 0 });
  });

  it("is as before after a reload when a slice died before its commit", async () => {
    const first = setUp();
    first.queue.append([1, 2]);
    await first.queue.flush(ids("a"));
    const dead = reloaded(first);
    await dead.queue.shift();
    dead.queue.append([9]);
    expect(await drained(reloaded(first).queue)).to.deep.equal([1, 2]);
  });

  it("reads a chunk once, however often it is peeked at", async () => {
    const first = setUp();
    first.queue.append([1, 2, 3]);
    await first.queue.flush(ids("a"));
    const { queue, store } = reloaded(first);
    expect(await queue.peek()).to.equal(1);
    await drained(queue);
    expect(store.reads).to.equal(1);
  });

  it("writes much in several chunks", async () => {
    const { queue, store, state } = setUp();
    queue.append([1, 2, 3, 4, 5, 6, 7]);
    expect(queue.unwritten).to.equal(7);
    await queue.flush(ids("a"));
    expect([...store.written.values()]).to.deep.equal([[1, 2, 3], [4, 5, 6], [7]]);
    expect(state.chunks.map(({ count }) => count)).to.deep.equal([3, 3, 1]);
    expect(queue.unwritten).to.equal(0);
    expect(await drained(queue)).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
  });

  it("keeps a small state and small chunks, however long it is, and reads each chunk and list once", async () => {
    const COUNT = 30_000;
    let { state, store, queue } = setUp();
    const newId = ids("a");
    for (let item = 0; item < COUNT; item += CHUNK_ITEMS) {
      queue.append([item, item + 1, item + 2]);
      await queue.flush(newId);
      expect(state.chunks.length).to.be.below(MOST_ENTRIES);
    }
    expect(Math.max(...[...store.written.values()].map(({ length }) => length))).to.be.at.most(8);
    ({ state, store, queue } = reloaded({ state, store, queue }));
    expect(queue.length).to.equal(COUNT);
    const expected = Array.from({ length: COUNT }, (_, item) => item);
    expect(await all(queue.read())).to.deep.equal(expected);
    expect(queue.length).to.equal(COUNT);
    expect(store.reads).to.equal(store.written.size);
    expect(await drained(queue)).to.deep.equal(expected);
    expect(state).to.deep.equal({ chunks: [], taken: 0 });
  });

  it("keeps its order and its state small while it is filled and emptied at once", async () => {
    const random = randomNumbers(1);
    let { state, store, queue } = setUp();
    const newId = ids("a");
    let appended = 0;
    let taken = 0;
    for (let slice = 0; slice < 4000; slice += 1) {
      ({ state, store, queue } = reloaded({ state, store, queue }));
      const more = Math.floor(random() * 8);
      queue.append(Array.from({ length: more }, (_, index) => appended + index));
      appended += more;
      // Now and then it grows, and now and then it shrinks.
      for (
        let count = Math.floor(random() * (slice % 1000 < 500 ? 4 : 14));
        count > 0 && taken < appended;
        count -= 1
      ) {
        expect(await queue.shift()).to.equal(taken);
        taken += 1;
      }
      await queue.flush(newId);
      expect(queue.length).to.equal(appended - taken);
      expect(state.chunks.length).to.be.below(MOST_ENTRIES);
    }
    expect(appended).to.be.above(taken);
  });

  it("refuses a chunk that holds something else", async () => {
    const store = new FakeChunks();
    store.written.set("a", ["text"]);
    const { queue } = setUp({ chunks: [{ id: "a", count: 1, level: 0 }], taken: 0 }, store);
    const error = await queue.peek().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(z.ZodError);
  });
});
