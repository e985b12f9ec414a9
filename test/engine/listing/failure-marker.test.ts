import { expect } from "chai";
import { failureMarker } from "../../../engine/listing/failure-marker";

const BUCKET = "list-results";
const PATH = `/${BUCKET}/runs/acme/data/run-1/listings/000001-ab-1`;

function event(detail: Record<string, unknown> = {}) {
  return {
    source: "aws.transfer",
    detail: { "connector-id": "c-1", "listing-id": "l-1", "output-directory-path": PATH, ...detail },
  };
}

describe("failureMarker", () => {
  it("lies beside the listing's own key, with code and message", () => {
    const detail = { "failure-code": "X", "failure-message": "no" };
    expect(failureMarker(event(detail), BUCKET)).to.deep.equal({
      key: "runs/acme/data/run-1/listings/000001-ab-1/c-1-l-1.json.failed",
      content: { code: "X", message: "no" },
    });
  });

  const spellings = [`${PATH}/`, PATH.slice(1), `/${PATH}`];
  for (const path of spellings) {
    it(`is the same for the path written as ${path}`, () => {
      const marker = failureMarker(event({ "output-directory-path": path }), BUCKET);
      expect(marker?.key).to.equal("runs/acme/data/run-1/listings/000001-ab-1/c-1-l-1.json.failed");
    });
  }

  const foreign: [string, Record<string, unknown>][] = [
    ["another bucket", { "output-directory-path": "/other/runs/acme/data/run-1/listings/w" }],
    ["a bucket whose name begins with ours", { "output-directory-path": `/${BUCKET}-2/runs/x` }],
    ["the ledgers", { "output-directory-path": `/${BUCKET}/ledger/acme` }],
    ["the locks", { "output-directory-path": `/${BUCKET}/locks/acme` }],
    ["the bucket's root", { "output-directory-path": `/${BUCKET}` }],
    ["a folder that begins like runs", { "output-directory-path": `/${BUCKET}/runs-old/x` }],
    ["no path at all", { "output-directory-path": "/" }],
    ["a listing id with a slash", { "listing-id": "../../x" }],
    ["a connector id with a slash", { "connector-id": "a/b" }],
  ];
  for (const [title, detail] of foreign) {
    it(`is nowhere for ${title}`, () => {
      expect(failureMarker(event(detail), BUCKET)).to.equal(undefined);
    });
  }

  for (const absent of [undefined, null]) {
    it(`is written also where code and message are ${absent}`, () => {
      const detail = { "failure-code": absent, "failure-message": absent };
      expect(failureMarker(event(detail), BUCKET)?.key).to.match(/\.failed$/);
    });
  }

  it("refuses an event of another shape", () => {
    expect(() => failureMarker({}, BUCKET)).to.throw();
    expect(() => failureMarker(event({ "listing-id": undefined }), BUCKET)).to.throw("listing-id");
  });
});
