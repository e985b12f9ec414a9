import { expect } from "chai";
import type { ListingRequest, StartOutcome, TransferRequest } from "../../../engine/ports/services";
import { MAX_ATTEMPTS } from "../../../engine/transfers/batches";
import { Work } from "../../../engine/work/work";
import type { RemoteFailure } from "../../../simulation/remote-failure";
import { Simulation } from "../support/simulation";

const REFUSED: RemoteFailure = { code: "CONNECTION_ERROR", message: "Too many connections" };

/** Files `/data/FOLDER/FILE`. */
function withTree(folders: number, filesEach: number): Simulation {
  const simulation = new Simulation();
  for (let folder = 0; folder < folders; folder += 1) {
    for (let file = 0; file < filesEach; file += 1) {
      simulation.remote.put(`/data/${folder}/${file}`);
    }
  }
  return simulation;
}

/** What a server lets through. */
interface Server {
  /** Requests at a time; of those beside them the connector says {@link REFUSED}. */
  most: number;
  /** Files per call that it was asked for. */
  readonly calls: number[];
  /** Files and listings at once, whatever became of them. */
  mostUnderWay: number;
  /** How many files had been asked for before each that was refused. */
  readonly refusedAfter: number[];
}

function limit({ connector }: Simulation, most: number): Server {
  const server: Server = { most, calls: [], mostUnderWay: 0, refusedAfter: [] };
  const asked = () => connector.transfers.jobs.length;
  const isRefused = (before: number) => {
    const isBeyond = before >= server.most;
    server.refusedAfter.push(...(isBeyond ? [asked()] : []));
    return isBeyond;
  };
  const underWay = () => connector.listings.pending.length + connector.transfers.waiting.length;
  const startListing = connector.startListing.bind(connector);
  connector.startListing = async (request: ListingRequest): Promise<StartOutcome> => {
    if (isRefused(underWay())) {
      connector.listingFailures.set(request.folder, [REFUSED]);
    }
    return startListing(request);
  };
  const startTransfer = connector.startTransfer.bind(connector);
  connector.startTransfer = async (request: TransferRequest): Promise<StartOutcome> => {
    server.calls.push(request.paths.length);
    const before = underWay();
    for (const [index, path] of request.paths.entries()) {
      if (isRefused(before + index)) {
        connector.failures.set(path, [REFUSED]);
      }
    }
    const outcome = await startTransfer(request);
    server.mostUnderWay = Math.max(server.mostUnderWay, underWay());
    return outcome;
  };
  return server;
}

describe("a server that takes fewer connections than the connector makes", () => {
  for (const most of [1, 2, 3, 4]) {
    it(`gets fewer requests at a time where it takes ${most}, and loses no file`, async () => {
      const simulation = withTree(7, 23);
      limit(simulation, most);
      const { report } = await simulation.run();
      expect(report).to.deep.include({ status: "SUCCEEDED", failures: [] });
      expect(report.files.transferred).to.equal(7 * 23);
      expect(report.warnings).to.have.length(1);
      const [, fewest] =
        /\(CONNECTION_ERROR: Too many connections\).* MaxConcurrentConnections: (\d)/.exec(report.warnings[0] ?? "") ??
        [];
      expect(Number(fewest)).to.be.within(1, most);
    });
  }

  it("is asked for more after a while, and less and less often where it takes no more", async () => {
    const simulation = withTree(1, 600);
    const server = limit(simulation, 1);
    const { report } = await simulation.run();
    expect(report.files.transferred).to.equal(600);
    const [first = 0] = server.refusedAfter.slice(-4);
    const last = server.refusedAfter.at(-1) ?? 0;
    expect(first, "all files, sent in the first round").to.be.greaterThan(600);
    // Trials of 2 at a time after 20, 80 and 320 files, with two refusals each.
    expect(server.refusedAfter.filter((asked) => asked > first - 20)).to.have.length(4);
    expect(last - first).to.be.within(320, 340);
  });

  it("is asked for as much as before once it takes it again", async () => {
    const simulation = withTree(1, 1500);
    const server = limit(simulation, 1);
    const context = simulation.begin();
    while (!server.calls.includes(1)) {
      await simulation.round(context);
    }
    server.most = 10_000;
    server.mostUnderWay = 0;
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files.transferred).to.equal(1500);
    expect(server.mostUnderWay).to.be.greaterThan(100);
  });
});

describe("a server that goes away while files are on their way", () => {
  it("fails them after as many attempts as ever, and does not keep the run for one file after the other", async () => {
    const simulation = withTree(1, 200);
    const server = limit(simulation, 1000);
    const context = simulation.begin();
    simulation.delivering.transfers = false;
    while (server.calls.length === 0) {
      await simulation.round(context);
    }
    server.most = 0;
    simulation.delivering.transfers = true;
    for (const { path } of simulation.connector.transfers.waiting) {
      simulation.connector.failures.set(path, [REFUSED]);
    }
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.error?.name).to.equal("TransferIncomplete");
    expect(report.files).to.include({ transferred: 0, failed: 200 });
    expect(report.warnings).to.deep.equal([]);
    // A call takes ten files.
    expect(server.calls.length).to.be.lessThan((MAX_ATTEMPTS + 1) * 20 + 20);
  });

  it("is asked as carefully as before once it is back", async () => {
    const simulation = withTree(1, 300);
    const server = limit(simulation, 2);
    const context = simulation.begin();
    while (!server.calls.includes(2)) {
      await simulation.round(context);
    }
    server.most = 0;
    for (let round = 0; round < 12; round += 1) {
      await simulation.round(context);
    }
    server.most = 2;
    const failed = (await Work.load(simulation.objects, context))?.root.counters.failed ?? 0;
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files.failed).to.equal(failed);
    expect(report.files.transferred).to.equal(300 - failed);
    expect(report.warnings).to.have.length(1);
  });

  it("is not taken for one that is limited where one file in fifty fails, and works the next time", async () => {
    const simulation = withTree(1, 1000);
    const inOrder = Array.from({ length: 1000 }, (_, file) => `/data/0/${file}`).sort();
    for (const path of inOrder.filter((_, index) => index % 50 === 0)) {
      simulation.connector.failures.set(path, [REFUSED]);
    }
    const { report } = await simulation.run();
    expect(report.files).to.include({ transferred: 1000, failed: 0 });
    expect(report.warnings).to.deep.equal([]);
  });

  it("is not taken for one that is limited where a single file fails", async () => {
    const simulation = withTree(1, 10);
    simulation.connector.failures.set("/data/0/3", [REFUSED, REFUSED, REFUSED]);
    const { report } = await simulation.run();
    expect(report.failures).to.have.length(1);
    expect(report.warnings).to.deep.equal([]);
  });
});
