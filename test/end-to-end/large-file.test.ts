import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { expect } from "chai";
import { REMOTE_SERVERS } from "./remote-servers";
import { World } from "./world";

const MEGABYTE = 1024 ** 2;
const SIZE = 300 * MEGABYTE;

/** Far below the file's size, far above what a stream needs. */
const MOST_GROWTH = 150 * MEGABYTE;

async function digest(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** A file whose megabytes all differ. */
async function writeLargeFile(file: string): Promise<void> {
  const handle = await open(file, "w");
  const block = Buffer.alloc(MEGABYTE, "0123456789abcdef");
  for (let index = 0; index * MEGABYTE < SIZE; index += 1) {
    block.writeUInt32BE(index);
    await handle.write(block);
  }
  await handle.close();
}

/** The process's largest memory while the sync ran: the functions' workers are part of it. */
async function peakOf(world: World): Promise<number> {
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  try {
    expect(await world.run()).to.include({ status: "SUCCEEDED" });
  } finally {
    clearInterval(sampler);
  }
  return peak;
}

for (const kind of REMOTE_SERVERS) {
  describe(`a file of 300 MB, against ${kind.name}`, function () {
    this.timeout(180_000);

    it("arrives whole, and takes no more memory than a small one", async function () {
      if (kind.unavailable !== undefined) {
        this.skip();
      }
      const remote = await kind.start();
      const world = await World.create(remote);
      try {
        await world.put("in/small.bin", "small");
        const small = await peakOf(world);
        await world.put("in/large.bin", "");
        const source = join(remote.root, "in", "large.bin");
        await writeLargeFile(source);
        const large = await peakOf(world);
        expect(large - small).to.be.below(MOST_GROWTH);
        expect(await digest(world.objectFile("in/large.bin"))).to.equal(await digest(source));
      } finally {
        await world.close();
        await remote.close();
      }
    });
  });
}
