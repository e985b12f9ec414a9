import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { LISTING_EMPTY_SUFFIX } from "../../contract/layout";
import type { Interception } from "../../local/runner/interception";
import { describeAgainstServers } from "./against-servers";
import { NO_FAULTS } from "./interception-switch";
import { MOST_FOREIGN } from "./remote-servers";
import type { World } from "./world";

/** Long before any run: a time that a partner's tool may preserve. */
const LAST_YEAR = new Date("2025-02-03T04:05:06Z");

async function fill(world: World): Promise<void> {
  await world.put("in/a.csv", "alpha");
  await world.put("in/b.csv", "beta");
  await world.put("in/sub/c.csv", "gamma");
}

/** What depends on the server has tests against each kind elsewhere. */
const KINDS = [MOST_FOREIGN];

describeAgainstServers(
  "a definition on one machine",
  fill,
  (current) => {
    it("copies everything in its first run", async () => {
      const result = await current.world.run();
      expect(result).to.deep.include({ server: "partner", sync: "in", status: "SUCCEEDED", bytes: 14, failures: [] });
      expect(result.folders).to.deep.equal({ listed: 2, failed: 0, spared: 0 });
      expect(result.files).to.deep.equal({ seen: 3, transferred: 3, failed: 0, skipped: {} });
      expect(result.calls).to.include({ StartDirectoryListing: 2, StartFileTransfer: 2 });
      expect(await current.world.object("in/a.csv")).to.equal("alpha");
      expect(await current.world.object("in/sub/c.csv")).to.equal("gamma");
    });

    it("moves nothing in its second run, and asks the target bucket nothing", async () => {
      await current.world.run();
      const second = await current.world.run();
      expect(second.status).to.equal("SUCCEEDED");
      expect(second.files).to.deep.equal({ seen: 3, transferred: 0, failed: 0, skipped: { unchanged: 3 } });
      expect(second.calls).to.deep.equal({
        StartDirectoryListing: 2,
        StartFileTransfer: 0,
        ListFileTransferResults: 0,
        TargetBucketRequests: 0,
      });
    });

    it("copies a changed and an added file, and no other", async () => {
      await current.world.run();
      await current.world.put("in/a.csv", "alpha, changed", new Date());
      await current.world.put("in/d.csv", "delta", new Date());
      const second = await current.world.run();
      expect(second.files).to.deep.equal({ seen: 4, transferred: 2, failed: 0, skipped: { unchanged: 2 } });
      expect(await current.world.object("in/a.csv")).to.equal("alpha, changed");
      expect(await current.world.object("in/d.csv")).to.equal("delta");
    });

    it("copies a file that arrives with an old time", async () => {
      await current.world.run();
      await current.world.put("in/old.csv", "preserved", LAST_YEAR);
      const second = await current.world.run();
      expect(second.files).to.include({ transferred: 1 });
      expect(await current.world.object("in/old.csv")).to.equal("preserved");
    });

    it("copies a file of which only the size has changed", async () => {
      await current.world.put("in/a.csv", "alpha", LAST_YEAR);
      await current.world.run();
      await current.world.put("in/a.csv", "alpha and more", LAST_YEAR);
      const second = await current.world.run();
      expect(second.files).to.include({ transferred: 1 });
      expect(await current.world.object("in/a.csv")).to.equal("alpha and more");
    });

    it("copies a file of which only the time has changed", async () => {
      await current.world.run();
      await current.world.put("in/a.csv", "ALPHA", new Date());
      const second = await current.world.run();
      expect(second.files).to.include({ transferred: 1 });
      expect(await current.world.object("in/a.csv")).to.equal("ALPHA");
    });

    it("brings back what was deleted from S3 only on demand", async () => {
      await current.world.run();
      await current.world.removeObject("in/a.csv");
      const scheduled = await current.world.run();
      expect(scheduled.files).to.include({ transferred: 0 });
      const later = await current.world.run({}, { fromTimestamp: Math.floor(Date.now() / 1000) });
      expect(later.files.skipped).to.deep.equal({ "before-from-timestamp": 3 });
      const onDemand = await current.world.run({}, { fromTimestamp: 0 });
      expect(onDemand.files).to.deep.equal({ seen: 3, transferred: 1, failed: 0, skipped: { "already-in-s3": 2 } });
      expect(await current.world.object("in/a.csv")).to.equal("alpha");
    });

    it("recognises without its ledger what is in S3 already", async () => {
      await current.world.run();
      await current.world.loseLedgers();
      const second = await current.world.run();
      expect(second.files).to.deep.equal({ seen: 3, transferred: 0, failed: 0, skipped: { "already-in-s3": 3 } });
      const third = await current.world.run();
      expect(third.files.skipped).to.deep.equal({ unchanged: 3 });
    });

    it("stays in one folder where Recursive is false", async () => {
      const result = await current.world.run({ remoteFolders: { Recursive: false } });
      expect(result.files).to.include({ seen: 2, transferred: 2 });
      expect(result.calls.StartDirectoryListing).to.equal(1);
      expect(await current.world.hasObject("in/sub/c.csv")).to.equal(false);
    });

    it("goes no deeper than MaxDepth", async () => {
      await current.world.put("in/sub/deep/d.csv", "delta");
      const result = await current.world.run({ remoteFolders: { MaxDepth: 1 } });
      expect(result.files).to.include({ transferred: 3 });
      expect(await current.world.hasObject("in/sub/deep/d.csv")).to.equal(false);
    });

    it("takes what Include names less what Exclude names", async () => {
      await current.world.put("in/.hidden.csv", "hidden");
      await current.world.put("in/readme.txt", "text");
      const result = await current.world.run({ remoteFolders: { Include: ["**/*.csv"], Exclude: ["b.*"] } });
      expect(result.files).to.deep.equal({ seen: 5, transferred: 3, failed: 0, skipped: { excluded: 2 } });
      expect(await current.world.hasObject("in/.hidden.csv")).to.equal(true);
    });

    it("resolves date tags by the scheduled time, in UTC", async () => {
      const [year, month, day] = new Date().toISOString().slice(0, 10).split("-");
      await current.world.put(`in/${year}/${month}/${day}/today.csv`, "today");
      const result = await current.world.run({ folder: "/in/%year%/%month%/%day%" });
      expect(result.files).to.include({ seen: 1, transferred: 1 });
      expect(await current.world.object(`in/${year}/${month}/${day}/today.csv`)).to.equal("today");
    });

    it("succeeds on an empty folder", async () => {
      await mkdir(join(current.remote.root, "in", "empty"));
      const result = await current.world.run({ folder: "/in/empty" });
      expect(result).to.deep.include({ status: "SUCCEEDED", folders: { listed: 1, failed: 0, spared: 0 } });
      expect(result.files.seen).to.equal(0);
    });

    it("ends with nothing still being written, such as by a function that an event invoked", async () => {
      await mkdir(join(current.remote.root, "in", "empty"));
      const held: Interception = {
        ...NO_FAULTS,
        requests: () => (next) => async (request, response) => {
          if (request.method === "PUT" && request.url?.includes(LISTING_EMPTY_SUFFIX)) {
            await setTimeout(500);
          }
          await next(request, response);
        },
      };
      await current.world.run({ folder: "/in/empty" }, { interception: held });
      const bucket = join(current.world.data, await current.world.listResultsBucket());
      const written = await readdir(bucket, { recursive: true });
      expect(written.filter((path) => path.endsWith(LISTING_EMPTY_SUFFIX))).to.have.length(1);
    });

    it("lets a young file settle", async () => {
      await current.world.put("in/young.csv", "still being written", new Date());
      const result = await current.world.run({ setting: { MinimumAgeSeconds: 600 } });
      expect(result.files).to.deep.equal({ seen: 4, transferred: 3, failed: 0, skipped: { settling: 1 } });
      expect(await current.world.hasObject("in/young.csv")).to.equal(false);
    });

    it("decides but moves nothing in a dry run", async () => {
      const dry = await current.world.run({}, { dryRun: true });
      expect(dry.files).to.deep.equal({ seen: 3, transferred: 0, wouldTransfer: 3, failed: 0, skipped: {} });
      expect(dry.calls.StartFileTransfer).to.equal(0);
      expect(await current.world.hasObject("in/a.csv")).to.equal(false);
      const real = await current.world.run();
      expect(real.files).to.include({ transferred: 3 });
    });

    it("sends ten files of a folder in one call", async () => {
      for (let index = 0; index < 23; index += 1) {
        await current.world.put(`in/many/${index}.dat`, String(index));
      }
      const result = await current.world.run({ folder: "/in/many" });
      expect(result.files).to.include({ transferred: 23 });
      expect(result.calls.StartFileTransfer).to.equal(3);
    });

    it("copies a file of 0 bytes", async () => {
      await current.world.put("in/empty.csv", "");
      await current.world.run();
      expect((await stat(current.world.objectFile("in/empty.csv"))).size).to.equal(0);
    });
  },
  KINDS,
);
