import { join } from "node:path";
import { expect } from "chai";
import { benchDeciding, type Deciding, JSON_ALONE } from "../../bench/deciding/deciding";
import { isMet, operations } from "../../bench/deciding/goals";

const ROOT = join(__dirname, "..", "..");

describe("the benchmark of decisions", function () {
  this.timeout(60_000);

  it("decides a folder as a run does: a listing and a ledger are read, and the ledger is written where it changes", async () => {
    const all: Deciding[] = [];
    for await (const one of benchDeciding({ rounds: 1, entries: [200], checkouts: { ours: ROOT } })) {
      all.push(one);
    }
    expect(all.map(({ name, changed }) => [name, changed])).to.deep.equal([
      ["ours", 0],
      [JSON_ALONE, 0],
      ["ours", 2],
      [JSON_ALONE, 2],
    ]);
    const [unchanged, alone, changed] = all;
    expect(unchanged).to.deep.include({ unchanged: 200, transfers: 0, requests: { read: 2 } });
    // Before it writes, it looks whether another invocation has gone on.
    expect(changed).to.deep.include({ unchanged: 198, transfers: 2, requests: { read: 3, write: 1 } });
    expect(alone).to.deep.include({ unchanged: 0, transfers: 0, requests: {}, ownMicroseconds: 0 });
    for (const { wallSeconds, cpuSeconds, peakBytes } of all) {
      expect(Math.min(wallSeconds, cpuSeconds)).to.be.above(0);
      expect(peakBytes).to.be.at.least(0);
    }
  });

  it("says which goals are met", () => {
    const figures: Deciding = {
      ...{ name: "ours", wallSeconds: 1, cpuSeconds: 1, peakBytes: 1, entries: 10, changed: 0, unchanged: 10 },
      ...{ transfers: 0, ownMicroseconds: 0.9, listingSizes: 5.9, requests: { read: 3, write: 1 } },
    };
    expect(isMet(figures)).to.equal("met");
    expect(isMet({ ...figures, ownMicroseconds: 1.1, listingSizes: 6.1 })).to.equal("missed: time, memory");
    // What is changed has more to do.
    expect(isMet({ ...figures, ownMicroseconds: 9, changed: 1 })).to.equal("met");
    expect(isMet({ ...figures, name: JSON_ALONE })).to.equal(undefined);
    expect(operations(figures)).to.equal("3 GET, 1 PUT");
  });
});
