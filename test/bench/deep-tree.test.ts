import { expect } from "chai";
import { synthesize, TARGET_BUCKET } from "../../bench/simulation/deployment";
import { chain, ROOT } from "../../bench/simulation/remote-tree";
import { Simulation } from "../../bench/simulation/simulation";

const LEVELS = 1000;

/** A path's limit in the Transfer API, and a key's in S3. */
const LONGEST = 1024;

/** The deepest level at which something so long can lie below a folder of {@link chain}: each level is `/d`. */
const deepest = (limit: number, before: string, name: string) => Math.floor((limit - `${before}${name}`.length) / 2);

describe("a tree of a thousand levels", function () {
  this.timeout(120_000);

  it("is followed as far as the service can be asked for it, and the report counts what cannot", async () => {
    const pace = { listingSeconds: 1, fileSeconds: 0.1, connections: 5 };
    const simulation = new Simulation({ deployed: await synthesize(), tree: chain(LEVELS), pace });
    const { report } = await simulation.start();
    const lastFolder = deepest(LONGEST, ROOT, "");
    const lastKey = deepest(LONGEST, `in/partner${ROOT}`, "/f");
    const lastDestination = deepest(LONGEST, `/${TARGET_BUCKET}/in/partner${ROOT}`, "");
    const lastFile = Math.min(lastKey, lastDestination);
    expect(lastFile).to.be.below(lastFolder);
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.folders).to.deep.equal({ listed: lastFolder + 1, failed: 0, missing: 0, truncated: 0, spared: 0 });
    // Files whose key or folder in S3 is too long, and the first folder whose path is.
    const unsupported = lastFolder - lastFile + 1;
    expect(report.files).to.deep.include({
      seen: lastFolder + 2,
      transferred: lastFile + 1,
      skipped: { "unsupported-name": unsupported },
    });
    const deepestFile = `in/partner${ROOT}${"/d".repeat(lastFile)}/f`;
    expect(simulation.cloud.objects.peek(TARGET_BUCKET, deepestFile)).not.to.equal(undefined);
  });
});
