import { expect } from "chai";
import { PREFIX, TARGET } from "../support/run-input";
import { Simulation } from "../support/simulation";

const T1 = "2026-01-01T00:00:00Z";
const T2 = "2026-01-02T00:00:00Z";

const V1 = { size: 5, modified: T2 };
/** Of the same size, and from an earlier time than anything in S3. */
const V2 = { size: 5, modified: T1 };

/** `/data/a` was copied, removed, and a run has seen that. */
async function removed(path = "/data/a"): Promise<Simulation> {
  const simulation = new Simulation();
  simulation.remote.put(path, V1);
  simulation.remote.put("/data/stays");
  await simulation.run();
  simulation.remote.remove(path);
  await simulation.run();
  return simulation;
}

describe("a file that comes back", () => {
  it("with another time is copied, however old that time and whatever S3 holds in its size", async () => {
    const simulation = await removed();
    simulation.remote.put("/data/a", V2);
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1, skipped: { unchanged: 1 } });
  });

  it("as it was is known again by what S3 still has of it", async () => {
    const simulation = await removed();
    simulation.remote.put("/data/a", V1);
    const { report } = await simulation.run();
    expect(report.files).to.deep.include({ transferred: 0, skipped: { unchanged: 1, "already-in-s3": 1 } });
    expect((await simulation.run()).report.files.skipped).to.deep.equal({ unchanged: 2 });
  });

  it("as it was is copied where a consumer has taken the object", async () => {
    const simulation = await removed();
    simulation.objects.delete(TARGET, `${PREFIX}/data/a`);
    simulation.remote.put("/data/a", V1);
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
  });

  for (const [what, file] of [
    ["without a time", { size: 5 }],
    ["without a size", { modified: T2 }],
    ["at the first second of 1970", { size: 5, modified: "1970-01-01T00:00:00Z" }],
  ] as const) {
    it(`${what} is copied: nothing says that it is the same`, async () => {
      const simulation = new Simulation();
      simulation.remote.put("/data/stays");
      simulation.remote.put("/data/a", file);
      await simulation.run();
      simulation.remote.remove("/data/a");
      await simulation.run();
      simulation.remote.put("/data/a", file);
      expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
    });
  }

  it("is remembered through runs that change other files", async () => {
    const simulation = await removed();
    simulation.remote.put("/data/other");
    await simulation.run();
    simulation.remote.put("/data/a", V2);
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
  });
});

describe("a folder that comes back", () => {
  for (const [what, path] of [
    ["a folder", "/data/in/a"],
    ["a folder of a folder that went with it", "/data/in/deep/er/a"],
  ] as const) {
    it(`with the same files is copied where consumers have taken the objects: ${what}`, async () => {
      const simulation = new Simulation();
      simulation.remote.put("/data/stays");
      simulation.remote.put(path, V1);
      await simulation.run();
      simulation.remote.removeFolder("/data/in");
      expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
      simulation.objects.delete(TARGET, PREFIX + path);
      simulation.remote.put(path, V1);
      expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
    });
  }

  it("with other files of the same sizes and older times is copied", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/in/a", V1);
    await simulation.run();
    simulation.remote.removeFolder("/data/in");
    await simulation.run();
    simulation.remote.put("/data/in/a", V2);
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
  });

  it("was forgotten even where the sync's own folder was what was missing", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/in/a", V1);
    await simulation.run();
    simulation.remote.removeFolder("/data");
    await simulation.run({ missingFolder: "ignore" });
    simulation.objects.delete(TARGET, `${PREFIX}/data/in/a`);
    simulation.remote.put("/data/in/a", V1);
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
  });

  it("is known again by what S3 still has of it", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/in/a", V1);
    await simulation.run();
    simulation.remote.removeFolder("/data/in");
    await simulation.run();
    simulation.remote.put("/data/in/a", V1);
    const { report } = await simulation.run();
    expect(report.files).to.deep.include({ transferred: 0, skipped: { "already-in-s3": 1 } });
  });

  it("is not forgotten by a truncated listing that does not name it", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/in/a", V1);
    await simulation.run();
    const { remote, connector } = simulation;
    connector.garbage.set("/data", JSON.stringify({ files: [], paths: [], truncated: true }));
    await simulation.run();
    connector.garbage.clear();
    expect(remote.file("/data/in/a")).to.deep.include(V1);
    expect((await simulation.run()).report.files.skipped).to.deep.equal({ unchanged: 1 });
  });

  it("costs nothing once it is forgotten", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/in/deep/a", V1);
    simulation.remote.put("/data/stays");
    await simulation.run();
    simulation.remote.removeFolder("/data/in");
    await simulation.run();
    const before = simulation.objects.requests.length;
    await simulation.run();
    const ledgers = simulation.objects.requests.slice(before).filter(({ key }) => key.startsWith("ledger/"));
    expect(ledgers.map(({ operation }) => operation)).to.deep.equal(["read"]);
  });

  it("is forgotten whole, however short the slices are in which that happens", async () => {
    const simulation = new Simulation({ timeouts: { slice: 1 } });
    const paths = [0, 1, 2, 3, 4, 5].map((folder) => `/data/in/d${folder}/deep/a`);
    for (const path of paths) {
      simulation.remote.put(path, V1);
    }
    await simulation.run();
    simulation.remote.removeFolder("/data/in");
    // Every request takes half of a slice.
    const { objects, services } = simulation;
    const read = objects.read.bind(objects);
    objects.read = async (bucket, key) => {
      services.clock.advance(key.startsWith("ledger/") ? 0.5 : 0);
      return read(bucket, key);
    };
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
    for (const path of paths) {
      objects.delete(TARGET, PREFIX + path);
      simulation.remote.put(path, V1);
    }
    expect((await simulation.run()).report.files).to.deep.include({ transferred: paths.length });
  });

  for (const [title, folder, file] of [
    ["its folder", "/data/sub", "/data/sub/a"],
    ["a folder above", "/data/sub", "/data/sub/deep/a"],
  ] as const) {
    it(`was cut off, went with ${title}, and comes back with it: it is looked at once, where it is listed`, async () => {
      const simulation = new Simulation();
      const { remote, connector } = simulation;
      remote.put(file, { size: 10 });
      connector.arrivingSizes.set(file, 4);
      await simulation.run();
      connector.arrivingSizes.clear();
      remote.removeFolder(folder);
      expect((await simulation.run()).report.failures).to.have.length(1);
      remote.put(file, { size: 10 });
      const { report } = await simulation.run();
      expect(report.status).to.equal("SUCCEEDED");
      expect(report.files).to.deep.include({ seen: 1, transferred: 1, failed: 0 });
      expect((await simulation.run()).report.files.skipped).to.deep.equal({ unchanged: 1 });
    });

    it(`was cut off and went with ${title}, which comes back without it: that is told`, async () => {
      const simulation = new Simulation();
      const { remote, connector } = simulation;
      remote.put(file, { size: 10 });
      connector.arrivingSizes.set(file, 4);
      await simulation.run();
      remote.removeFolder(folder);
      await simulation.run();
      remote.put(`${folder}/other`);
      const { report } = await simulation.run();
      expect(report.failures.map(({ path }) => path)).to.deep.equal([file]);
      expect((await simulation.run()).report.failures.map(({ path }) => path)).to.deep.equal([file]);
    });
  }
});
