import { expect } from "chai";
import { Crash } from "../support/fake-objects";
import { PREFIX, TARGET } from "../support/run-input";
import { Simulation } from "../support/simulation";

const UNKNOWN = { status: "unknown", message: "socket hang up" } as const;

/** Lets the sync slice die at the write of a key that ends like this. */
async function dieAtWriteOf(simulation: Simulation, ending: string): Promise<ReturnType<Simulation["begin"]>> {
  const context = simulation.begin();
  await simulation.startSlice(context);
  simulation.deliver();
  await simulation.listSlice(context);
  simulation.objects.beforeWrite = (_, key) => {
    if (key.endsWith(ending)) {
      throw new Crash(key);
    }
  };
  const died = await simulation.syncSlice(context).catch((error: unknown) => error);
  expect(died).to.be.instanceOf(Crash);
  simulation.objects.beforeWrite = undefined;
  return context;
}

describe("a transfer in doubt", () => {
  it("whose id was lost by a crash is found in S3, and not sent again", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    const context = await dieAtWriteOf(simulation, ".started");
    simulation.deliver();
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/a"]);
    expect(report.resentInDoubt).to.equal(0);
    expect(report.files.transferred).to.equal(1);
    expect(simulation.ledgerPaths()).to.deep.equal(["/data/a"]);
  });

  it("is sent again after the deadline, not before, and is counted", async () => {
    const simulation = new Simulation({ timeouts: { inDoubt: 600 } });
    simulation.remote.put("/data/a");
    simulation.connector.transferAnswers.push(UNKNOWN);
    const context = simulation.begin();
    await simulation.round(context);
    const asked = simulation.services.clock.now().getTime();
    while (simulation.connector.transferRequests.length < 2) {
      await simulation.round(context);
    }
    expect(simulation.services.clock.now().getTime() - asked).to.be.within(590_000, 700_000);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.resentInDoubt).to.equal(1);
    expect(report.files.transferred).to.equal(1);
  });

  it("again and again fails after three attempts: it neither keeps the run from ending nor takes other files with it", async () => {
    const simulation = new Simulation({ timeouts: { inDoubt: 600 } });
    simulation.remote.put("/data/a");
    simulation.remote.put("/data/b/x");
    const { connector } = simulation;
    const works = connector.startTransfer.bind(connector);
    connector.startTransfer = async (request) => {
      const outcome = await works(request);
      return request.paths.includes("/data/a") ? UNKNOWN : outcome;
    };
    connector.lost.add("/data/a");
    const { report } = await simulation.run();
    expect(connector.requestedPaths().filter((path) => path === "/data/a")).to.have.length(3);
    expect(report.error?.name).to.equal("TransferIncomplete");
    expect(report.failures[0]?.reason).to.contain("TRANSFER_IN_DOUBT").and.contain(UNKNOWN.message);
    expect(report.files).to.deep.include({ seen: 2, transferred: 1, failed: 1 });
    expect(report.resentInDoubt).to.equal(2);
    expect(report.seconds).to.be.within(1_800, 2_200);
  });

  it("by a function that died counts as often as it may: that says nothing about the file", async () => {
    const simulation = new Simulation({ timeouts: { inDoubt: 600 } });
    simulation.remote.put("/data/a");
    simulation.connector.lost.add("/data/a");
    let deaths = 0;
    simulation.objects.beforeWrite = (_, key) => {
      if (!key.endsWith(".started")) {
        return;
      }
      if (deaths === 3) {
        simulation.connector.lost.clear();
        return;
      }
      deaths += 1;
      throw new Crash(key);
    };
    const { report } = await simulation.run();
    expect(simulation.connector.requestedPaths()).to.have.length(4);
    expect(report.files).to.deep.include({ transferred: 1, failed: 0 });
  });

  it("counts apart from failures: two of each are not too many", async () => {
    const simulation = new Simulation({ timeouts: { inDoubt: 600 } });
    simulation.remote.put("/data/a");
    const failed = { code: "CONNECTION_ERROR" };
    simulation.connector.failures.set("/data/a", [failed, failed]);
    simulation.connector.transferAnswers.push(undefined, UNKNOWN, UNKNOWN);
    const { report } = await simulation.run();
    expect(simulation.connector.requestedPaths()).to.have.length(5);
    expect(report.files).to.deep.include({ transferred: 1, failed: 0 });
  });

  it("fails after three calls that the service knows nothing of", async () => {
    const simulation = new Simulation({ timeouts: { inDoubt: 600 } });
    simulation.remote.put("/data/a");
    simulation.connector.stuck.add("/data/a");
    simulation.connector.results = async () => undefined;
    const { report } = await simulation.run();
    expect(simulation.connector.requestedPaths()).to.have.length(3);
    expect(report.failures[0]?.reason).to.contain("TRANSFER_IN_DOUBT").and.contain("does not know the transfer");
  });

  it("stays so often in doubt where its call is divided, since one of its files is rejected", async () => {
    const simulation = new Simulation({ timeouts: { inDoubt: 600 } });
    simulation.remote.put("/data/a");
    simulation.remote.put("/data/b");
    const rejected = { status: "rejected", name: "ValidationException", message: "bad path" } as const;
    simulation.connector.transferAnswers.push(UNKNOWN, UNKNOWN, rejected, UNKNOWN, UNKNOWN);
    const { report } = await simulation.run();
    expect(simulation.connector.requestedPaths().filter((path) => path === "/data/a")).to.have.length(4);
    expect(report.files).to.deep.include({ failed: 2 });
  });

  it("of a service that answers no call takes a slice no longer than its time, and ends the run", async () => {
    const simulation = new Simulation({ timeouts: { slice: 60, inDoubt: 600 } });
    for (let index = 0; index < 12; index += 1) {
      simulation.remote.put(`/data/d${index}/x`);
    }
    const { clock } = simulation.services;
    const silenceSeconds = 15;
    simulation.connector.startTransfer = async () => {
      clock.advance(silenceSeconds);
      return UNKNOWN;
    };
    const context = simulation.begin();
    let status = "RUNNING";
    while (status === "RUNNING") {
      const begin = clock.now().getTime();
      await simulation.startSlice(context);
      simulation.deliver();
      await simulation.listSlice(context);
      const slice = await simulation.syncSlice(context);
      expect((clock.now().getTime() - begin) / 1000).to.be.below(60 + 10 + silenceSeconds);
      clock.advance(slice.WaitSeconds);
      status = slice.Status;
    }
    const { report } = await simulation.finish({ context, skipped: false });
    expect(report.files).to.deep.include({ seen: 12, failed: 12 });
    expect(report.failures[0]?.reason).to.contain("TRANSFER_IN_DOUBT");
  });

  it("is not taken for done by an object older than the intent, or of another size", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a", { size: 10, modified: "2026-03-05T09:59:00Z" });
    simulation.remote.put("/data/b", { size: 10, modified: "2026-03-05T09:59:00Z" });
    simulation.objects.put(TARGET, `${PREFIX}/data/a`, { size: 10, lastModified: new Date("2026-03-05T09:00:00Z") });
    simulation.connector.transferAnswers.push(UNKNOWN);
    const context = simulation.begin();
    await simulation.round(context);
    simulation.objects.put(TARGET, `${PREFIX}/data/b`, { size: 9 });
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.resentInDoubt).to.equal(2);
    expect(report.files.transferred).to.equal(2);
  });

  it("of ten files sends only the missing ones again", async () => {
    const simulation = new Simulation();
    const paths = Array.from({ length: 10 }, (_, index) => `/data/f${index}`);
    for (const path of paths) {
      simulation.remote.put(path);
    }
    const context = await dieAtWriteOf(simulation, ".started");
    simulation.connector.stuck.add("/data/f3");
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(simulation.connector.requestedPaths()).to.have.members([...paths, "/data/f3"]);
    expect(report.resentInDoubt).to.equal(1);
  });

  it("that the service has forgotten is looked for in S3", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    simulation.delivering.transfers = false;
    const context = simulation.begin();
    await simulation.round(context);
    simulation.delivering.transfers = true;
    simulation.connector.forgotten.add("t-2");
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/a"]);
    expect(report.files.transferred).to.equal(1);
  });

  it("does not keep others waiting: what is finished behind it is recorded", async () => {
    const simulation = new Simulation();
    for (const folder of ["a", "b", "c", "d"]) {
      simulation.remote.put(`/data/${folder}/x`);
    }
    simulation.connector.transferAnswers.push(UNKNOWN, UNKNOWN, UNKNOWN);
    const context = simulation.begin();
    for (let round = 0; round < 6; round += 1) {
      await simulation.round(context);
    }
    expect(simulation.connector.transferRequests).to.have.length(4);
    expect(simulation.ledgerPaths()).to.deep.equal(["/data/d/x"]);
  });

  it("is found at once in every folder, also where the files look alike", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a/x");
    simulation.remote.put("/data/b/x");
    const context = simulation.begin();
    await simulation.startSlice(context);
    simulation.deliver();
    await simulation.listSlice(context);
    await simulation.startSlice(context);
    simulation.deliver();
    await simulation.listSlice(context);
    simulation.connector.transferAnswers.push(UNKNOWN, UNKNOWN);
    await simulation.syncSlice(context);
    simulation.objects.put(TARGET, `${PREFIX}/data/a/x`, { size: 10 });
    simulation.objects.put(TARGET, `${PREFIX}/data/b/x`, { size: 10 });
    await simulation.syncSlice(context);
    expect(simulation.ledgerPaths()).to.have.members(["/data/a/x", "/data/b/x"]);
  });

  it("does not come of a call that was answered before another call of the group failed for good", async () => {
    const simulation = new Simulation({ timeouts: { inDoubt: 60 } });
    for (let index = 0; index < 20; index += 1) {
      simulation.remote.put(`/data/f${String(index).padStart(2, "0")}`);
    }
    simulation.delivering.transfers = false;
    const denied = Object.assign(new Error("not allowed"), { name: "AccessDeniedException" });
    simulation.connector.transferAnswers.push(undefined, denied);
    const context = simulation.begin();
    const failed = await simulation.pump(context).catch((error: unknown) => error);
    expect(failed).to.equal(denied);
    await simulation.finish({ context, skipped: false }, denied);
    const next = simulation.begin();
    for (let round = 0; round < 20; round += 1) {
      await simulation.round(next);
    }
    simulation.delivering.transfers = true;
    await simulation.finish(await simulation.pump(next));
    const first = simulation.connector.requestedPaths().filter((path) => path === "/data/f00");
    expect(first).to.have.length(1);
  });
});

describe("results", () => {
  it("of files behind five that take long are read, where five move at a time", async () => {
    const simulation = new Simulation();
    for (let index = 0; index < 60; index += 1) {
      simulation.remote.put(`/data/f${String(index).padStart(2, "0")}`);
    }
    for (const path of ["/data/f00", "/data/f10", "/data/f20", "/data/f30", "/data/f40"]) {
      simulation.connector.stuck.add(path);
    }
    const context = simulation.begin();
    for (let round = 0; round < 4; round += 1) {
      await simulation.round(context);
    }
    expect(simulation.ledgerPaths()).to.include("/data/f55");
  });
});
