import { expect } from "chai";
import { LISTING_COMPLETED_SUFFIX } from "../../../contract/layout";
import { logger } from "../../../engine/logger";
import { REPORTS } from "../support/run-input";
import { accountedFor, Simulation } from "../support/simulation";

const SETTINGS = ["fail", "ignore"] as const;

/** What the log is warned of. */
async function warningsDuring(action: () => Promise<unknown>): Promise<string> {
  const { warn } = logger;
  const warnings: unknown[] = [];
  logger.warn = (...entry) => {
    warnings.push(entry);
  };
  try {
    await action();
  } finally {
    logger.warn = warn;
  }
  return JSON.stringify(warnings);
}

function withEmptyFolder(): Simulation {
  const simulation = new Simulation();
  simulation.remote.put("/data/a");
  simulation.remote.makeFolder("/data/empty");
  return simulation;
}

describe("listings", () => {
  for (const missingFolder of SETTINGS) {
    it(`of a missing folder, with MissingFolder ${missingFolder}`, async () => {
      const { report, outcome } = await new Simulation().run({ missingFolder });
      const fails = missingFolder === "fail";
      expect(outcome.Status).to.equal(fails ? "FAILED" : "SUCCEEDED");
      expect(outcome.Error?.Name).to.equal(fails ? "RemoteFolderMissing" : undefined);
      expect(report.folders).to.deep.equal({
        listed: 0,
        failed: fails ? 1 : 0,
        missing: fails ? 0 : 1,
        truncated: 0,
        spared: 0,
      });
    });

    it(`of a folder that vanished meanwhile end well, with MissingFolder ${missingFolder}`, async () => {
      const simulation = new Simulation();
      simulation.remote.put("/data/a");
      simulation.remote.makeFolder("/data/gone");
      simulation.connector.failedListings.set("/data/gone", { message: "No such file" });
      const { report } = await simulation.run({ missingFolder });
      expect(report.status).to.equal("SUCCEEDED");
      expect(report.folders).to.deep.equal({ listed: 1, failed: 0, missing: 1, truncated: 0, spared: 0 });
    });

    it(`that never answer are ListingTimedOut, never missing, with MissingFolder ${missingFolder}`, async () => {
      const simulation = new Simulation({ timeouts: { listing: 600 } });
      simulation.remote.put("/data/a");
      simulation.connector.silentListings.add("/data");
      const { report, outcome } = await simulation.run({ missingFolder });
      expect(outcome.Error?.Name).to.equal("ListingTimedOut");
      // Three attempts in these ten minutes, and the pauses between them.
      expect(report.seconds).to.be.within(680, 800);
      expect(report.failures[0]).to.have.property("path", "/data");
    });
  }

  it("that fail fail the run under their code and message, after the other folders are done", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/ok/a");
    simulation.remote.put("/data/bad/b");
    simulation.connector.failedListings.set("/data/bad", { code: "ACCESS", message: "Permission denied" });
    const { report, outcome } = await simulation.run();
    expect(outcome.Error?.Name).to.equal("ListingFailed");
    expect(report.failures).to.deep.equal([
      {
        path: "/data/bad",
        reason: "ListingFailed: ACCESS: Permission denied",
        error: "ListingFailed",
        kind: "not-permitted",
        detail: "ACCESS: Permission denied",
      },
    ]);
    expect(report.folders).to.deep.equal({ listed: 2, failed: 1, missing: 0, truncated: 0, spared: 0 });
    expect(simulation.targetPaths()).to.deep.equal(["/data/ok/a"]);
  });

  for (const truncated of [true, "true"]) {
    it(`with truncated ${JSON.stringify(truncated)} fail the run after copying what they name`, async () => {
      const simulation = new Simulation();
      simulation.remote.put("/data/a");
      simulation.connector.truncated.set("/data", truncated);
      const { report, outcome } = await simulation.run();
      expect(outcome.Error?.Name).to.equal("ListingTruncated");
      expect(report.files.transferred).to.equal(1);
      expect(report.folders.truncated).to.equal(1);
      expect(report.failures[0]?.path).to.equal("/data");
    });
  }

  for (const recursive of [true, false]) {
    it(`that are no listings are ListingFailed, ${recursive ? "" : "not "}recursive`, async () => {
      const simulation = new Simulation();
      simulation.remote.put("/data/a");
      simulation.connector.garbage.set("/data", "<html>");
      const { report, outcome } = await simulation.run({ recursive });
      expect(outcome.Error?.Name).to.equal("ListingFailed");
      expect(report.folders).to.deep.equal({ listed: 0, failed: 1, missing: 0, truncated: 0, spared: 0 });
    });
  }

  it("go one level only when not recursive", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    simulation.remote.put("/data/sub/b");
    await simulation.run({ recursive: false });
    expect(simulation.connector.listingRequests).to.have.length(1);
    expect(simulation.targetPaths()).to.deep.equal(["/data/a"]);
  });

  it("are not asked for where no wanted file can lie, and the report says how many were spared", async () => {
    const simulation = new Simulation();
    for (let index = 0; index < 150; index += 1) {
      simulation.remote.put(`/data/other${index}/x`);
    }
    simulation.remote.put("/data/wanted/deep/x");
    const { report } = await simulation.run({ include: ["wanted/**"] });
    expect(simulation.connector.listingRequests.map(({ folder }) => folder)).to.deep.equal([
      "/data",
      "/data/wanted",
      "/data/wanted/deep",
    ]);
    expect(report.folders).to.include({ listed: 3, spared: 150 });
    expect(simulation.targetPaths()).to.deep.equal(["/data/wanted/deep/x"]);
  });

  it("go no deeper than MaxDepth", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/1/2/3/x");
    await simulation.run({ maxDepth: 2 });
    expect(simulation.connector.listingRequests.map(({ folder }) => folder)).to.deep.equal([
      "/data",
      "/data/1",
      "/data/1/2",
    ]);
  });

  it("say in the report that MaxDepth left folders out", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/1/2/3/x");
    const { report } = await simulation.run({ maxDepth: 2 });
    expect(report.warnings.join("\n")).to.include("MaxDepth");
  });

  it("of an empty folder succeed", async () => {
    const simulation = new Simulation();
    simulation.remote.makeFolder("/data");
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.folders.listed).to.equal(1);
  });

  it("of an empty folder may have no output, where their events say that there is nothing in it", async () => {
    const simulation = withEmptyFolder();
    simulation.connector.withoutOutput.set("/data/empty", 0);
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.folders).to.include({ listed: 2, failed: 0 });
    expect(simulation.connector.listingRequests).to.have.length(2);
    expect(report.seconds).to.be.below(60);
  });

  it("that are empty by their events end what the ledger knows of the folder", async () => {
    const simulation = withEmptyFolder();
    simulation.remote.put("/data/empty/x");
    await simulation.run();
    simulation.remote.remove("/data/empty/x");
    simulation.connector.withoutOutput.set("/data/empty", 0);
    await simulation.run();
    expect(simulation.ledgerPaths()).to.deep.equal(["/data/a"]);
  });

  it("are believed more than events that call them empty", async () => {
    const simulation = withEmptyFolder();
    simulation.remote.put("/data/empty/x");
    simulation.connector.eventsBeside.set("/data/empty", 0);
    const { report } = await simulation.run();
    expect(report.files.transferred).to.equal(2);
  });

  it("that are completed and were not written are tried again, and never taken for empty", async () => {
    const simulation = withEmptyFolder();
    simulation.remote.put("/data/empty/x");
    await simulation.run();
    simulation.connector.withoutOutput.set("/data/empty", undefined);
    const { report } = await simulation.run();
    expect(report.failures).to.deep.equal([
      {
        path: "/data/empty",
        reason: "ListingFailed: the connector calls the listing completed, and has written none",
        error: "ListingFailed",
        kind: "no-result",
        detail: "the connector calls the listing completed, and has written none",
      },
    ]);
    expect(simulation.connector.listingRequests.filter(({ folder }) => folder === "/data/empty")).to.have.length(1 + 3);
    // The time for its output three times, and the pauses.
    expect(report.seconds).to.be.within(3 * 60 + 80, 3 * 60 + 200);
    expect(simulation.ledgerPaths()).to.have.length(2);
  });

  it("may be written a while after they are called completed", async () => {
    const simulation = withEmptyFolder();
    const { connector, objects } = simulation;
    connector.withoutOutput.set("/data/empty", undefined);
    const context = simulation.begin();
    const completed = () => objects.keys(REPORTS).find((key) => key.endsWith(LISTING_COMPLETED_SUFFIX));
    while (completed() === undefined) {
      await simulation.round(context);
    }
    simulation.services.clock.advance(20);
    await simulation.round(context);
    const text = JSON.stringify({ files: [{ filePath: "/data/empty/x", size: 10 }], paths: [], truncated: "false" });
    objects.put(REPORTS, (completed() ?? "").slice(0, -LISTING_COMPLETED_SUFFIX.length), { text });
    simulation.remote.put("/data/empty/x");
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files.transferred).to.equal(2);
    expect(connector.listingRequests).to.have.length(2);
  });

  it("name folders outside, above and equal to their own, and nobody goes there", async () => {
    const simulation = new Simulation();
    const paths = [
      "/data",
      "/data/",
      "/",
      "/etc",
      "/data/..",
      "/data/../etc",
      "/data/.",
      "/data/a/b",
      "/data//c",
      "other/rel",
    ];
    const files = ["/etc/passwd", "/data/../x", "/data/sub/y", "/data", "other/z"];
    simulation.connector.garbage.set(
      "/data",
      JSON.stringify({
        files: files.map((filePath) => ({ filePath, size: 1 })),
        paths: paths.map((path) => ({ path })),
      }),
    );
    simulation.remote.makeFolder("/data");
    const { report } = await simulation.run();
    expect(simulation.connector.listingRequests.map(({ folder }) => folder)).to.deep.equal(["/data"]);
    expect(simulation.connector.transferRequests).to.deep.equal([]);
    // The folder itself, written in two ways, is nothing to count.
    expect(report.files.skipped).to.deep.equal({ "unsupported-name": files.length + paths.length - 2 });
    expect(accountedFor(report)).to.equal(report.files.seen);
  });

  for (const [written, listed] of [
    ["with another folder in front", { paths: [{ path: "/mnt/data/sub" }] }],
    ["as if they lay deeper", { files: [{ filePath: "/data/sub/x", size: 10 }] }],
    ["as numbers", { files: [{ filePath: 5, size: 10 }] }],
  ] as const) {
    it(`whose paths are all written ${written} fail, and the ledger keeps what it knows`, async () => {
      const simulation = new Simulation();
      simulation.remote.put("/data/x");
      await simulation.run();
      simulation.connector.garbage.set("/data", JSON.stringify(listed));
      const { report } = await simulation.run();
      expect(report.error?.name).to.equal("ListingFailed");
      expect(report.folders).to.include({ listed: 0, failed: 1 });
      expect(report.files.skipped).to.deep.equal({});
      expect(report.warnings).to.deep.equal([]);
      expect(simulation.ledgerPaths()).to.have.length(1);
    });
  }

  for (const recursive of [true, false]) {
    it(`with an odd entry are read but for that, ${recursive ? "" : "not "}recursive`, async () => {
      const simulation = new Simulation();
      simulation.remote.put("/data/a", { size: 10 });
      simulation.connector.garbage.set(
        "/data",
        JSON.stringify({ files: [null, { filePath: "/data/a", size: "-1", modifiedTimestamp: {} }, { filePath: 5 }] }),
      );
      const { report } = await simulation.run({ recursive });
      expect(report.status).to.equal("SUCCEEDED");
      expect(report.files).to.deep.include({ seen: 3, transferred: 1, skipped: { "unsupported-name": 2 } });
      expect(report.warnings).to.deep.equal([
        '2 file(s) or folder(s) cannot be copied for their name or size, such as "null", "{\\"filePath\\":5}"',
      ]);
    });
  }

  it("without the first slash mean the same", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    simulation.remote.put("/data/sub/b");
    simulation.connector.garbage.set(
      "/data",
      JSON.stringify({ files: [{ filePath: "data/a", size: 10 }], paths: [{ path: "data/sub" }] }),
    );
    simulation.connector.garbage.set("/data/sub", JSON.stringify({ files: [{ filePath: "b", size: 10 }] }));
    const { report } = await simulation.run();
    expect(report.files).to.deep.include({ transferred: 2, skipped: {} });
    expect(simulation.connector.requestedPaths()).to.have.members(["/data/a", "/data/sub/b"]);
  });

  it("of the root may write two slashes before a name", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/x");
    simulation.remote.put("/sub/y");
    simulation.connector.garbage.set(
      "/",
      JSON.stringify({ files: [{ filePath: "//x", size: 10 }], paths: [{ path: "//sub" }] }),
    );
    const { report } = await simulation.run({ folder: "/", prefix: "in" });
    expect(report.files).to.deep.include({ transferred: 2, skipped: {} });
    expect(simulation.connector.requestedPaths()).to.have.members(["/x", "/sub/y"]);
  });

  it("name a folder twice: it is listed once", async () => {
    const simulation = new Simulation();
    const paths = ["/data/a", "/data/a/"].map((path) => ({ path }));
    simulation.connector.garbage.set("/data", JSON.stringify({ paths }));
    simulation.remote.put("/data/a/x");
    await simulation.run();
    expect(simulation.connector.listingRequests).to.have.length(2);
  });

  it("of folders that cannot be asked for are counted with their reason", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/line\nbreak/x");
    const { report } = await simulation.run();
    expect(report.files.skipped).to.deep.equal({ "unsupported-name": 1 });
    expect(report.warnings).to.deep.equal([
      '1 file(s) or folder(s) cannot be copied for their name or size, such as "/data/line\\nbreak"',
    ]);
    expect(report.status).to.equal("SUCCEEDED");
  });

  it("with many entries that cannot be copied are not all named in the report", async () => {
    const simulation = new Simulation();
    for (let index = 0; index < 5; index += 1) {
      simulation.remote.put(`/data/bad\n${index}`);
      simulation.remote.put(`/data/sub/bad\n${index}`);
    }
    const [warning, ...others] = (await simulation.run()).report.warnings;
    expect(warning).to.match(/^10 file\(s\)/);
    expect(warning?.match(/bad/g)).to.have.length(3);
    expect(others).to.deep.equal([]);
  });

  it("of folders that cannot be asked for, and entries of elsewhere, are named in the log", async () => {
    const simulation = new Simulation();
    const paths = ["/data/a\uFFFDb", "/elsewhere"].map((path) => ({ path }));
    const files = [{ filePath: "/elsewhere/x" }];
    simulation.remote.makeFolder("/data");
    simulation.connector.garbage.set("/data", JSON.stringify({ files, paths }));
    const warnings = await warningsDuring(() => simulation.run());
    for (const path of ["/data/a\uFFFDb", '"/elsewhere"', "/elsewhere/x"]) {
      expect(warnings).to.include(path);
    }
  });

  it("that arrive late are awaited while transfers go on", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/fast/a");
    simulation.remote.put("/data/slow/b");
    simulation.connector.silentListings.add("/data/slow");
    const context = simulation.begin();
    for (let round = 0; round < 4; round += 1) {
      await simulation.round(context);
    }
    expect(simulation.ledgerPaths()).to.deep.equal(["/data/fast/a"]);
    simulation.connector.silentListings.clear();
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files.transferred).to.equal(2);
  });
});
