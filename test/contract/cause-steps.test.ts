import { expect } from "chai";
import { causeSteps, type RunEvidence } from "../../contract/cause-steps";

function evidence(error: string, kinds: readonly (string | undefined)[], listed = 1): RunEvidence {
  return {
    folders: { listed },
    files: { transferred: 0 },
    failures: kinds.map((kind) => ({ error, kind })),
  };
}

const ofListing = (...kinds: string[]) => causeSteps("ListingFailed", evidence("ListingFailed", kinds)) ?? "";
const ofTransfer = (...kinds: string[]) => causeSteps("TransferIncomplete", evidence("TransferFailed", kinds)) ?? "";

describe("causeSteps", () => {
  it("speak of the closed folder and of Exclude, and of no host key", () => {
    expect(ofListing("not-permitted"))
      .to.contain("Exclude")
      .and.not.to.match(/host key/i);
  });

  it("speak of the number of connections where others got through, and of nothing where none did", () => {
    expect(ofListing("connection")).to.contain("MaxConcurrentConnections");
    expect(ofTransfer("connection")).to.contain("MaxConcurrentConnections");
    expect(causeSteps("ListingFailed", evidence("ListingFailed", ["connection"], 0))).to.equal(undefined);
    const transferred = { ...evidence("TransferFailed", ["connection"], 0), files: { transferred: 1 } };
    expect(causeSteps("TransferIncomplete", transferred)).to.contain("MaxConcurrentConnections");
  });

  for (const [kind, setting] of [
    ["not-permitted", "Exclude"],
    ["not-found", "Exclude"],
    ["not-as-listed", "SizeMismatch: accept"],
    ["not-in-s3", "MissingObject: accept"],
    ["no-result", "timeouts.transfer"],
  ] as const) {
    it(`name ${setting} for files that failed as ${kind}`, () => {
      expect(ofTransfer(kind)).to.contain(setting);
    });
  }

  it("go by the words of the connection where nothing got through", () => {
    const unreached = (detail: string) =>
      causeSteps("ListingFailed", {
        ...evidence("ListingFailed", [], 0),
        failures: [{ error: "ListingFailed", kind: "connection", detail }],
      });
    expect(unreached("CONNECTION_ERROR: Host key verification failed")).to.match(/PublicKey/);
    expect(unreached("CONNECTION_ERROR: Connection lost")).to.equal(undefined);
  });

  it("speak of a Folder that is a file, and of no MissingFolder for others", () => {
    const missing = (detail: string) =>
      causeSteps("RemoteFolderMissing", {
        ...evidence("RemoteFolderMissing", [], 0),
        failures: [{ error: "RemoteFolderMissing", kind: "not-found", detail }],
      });
    expect(missing("DIRECTORY_NOT_FOUND: It is a file, not a folder: /in/a.csv")).to.match(/^Folder names a file/);
    expect(missing("DIRECTORY_NOT_FOUND: No such file or directory: /in")).to.equal(undefined);
  });

  it("speak of the two most frequent causes", () => {
    const text = ofTransfer("not-found", "not-permitted", "not-permitted", "not-in-s3", "not-found", "not-permitted");
    expect(text).to.equal(`${ofTransfer("not-permitted")} ${ofTransfer("not-found")}`);
  });

  it("leave it to the name where most failures have no advice of their own", () => {
    expect(causeSteps("ListingFailed", evidence("ListingFailed", ["other", "other", "not-found"]))).to.equal(undefined);
  });

  it("know by a failure too that the server was reached", () => {
    const steps = causeSteps(
      "ListingFailed",
      evidence("ListingFailed", ["connection", "connection", "not-permitted"], 0),
    );
    expect(steps).to.contain("MaxConcurrentConnections").and.to.contain("Exclude");
  });

  it("go by what the run is named after", () => {
    expect(causeSteps("ListingFailed", evidence("TransferFailed", ["not-permitted"]))).to.equal(undefined);
    expect(causeSteps("RunTimedOut", evidence("TransferFailed", ["not-permitted"]))).to.equal(undefined);
  });

  it("leave it to the name where nothing is known", () => {
    expect(causeSteps("ListingFailed", evidence("ListingFailed", ["other", undefined]))).to.equal(undefined);
    expect(causeSteps("TransferIncomplete", evidence("TransferFailed", []))).to.equal(undefined);
  });
});
