import { expect } from "chai";
import { parseListing } from "../../../engine/listing/listing-file";
import { listingMarker } from "../../../engine/listing/listing-marker";

const BUCKET = "list-results";
const PATH = `/${BUCKET}/runs/acme/data/run-1/listings/000001-ab-1`;

function event(detail: Record<string, unknown> = {}, ending: "Failed" | "Completed" = "Failed") {
  return {
    source: "aws.transfer",
    "detail-type": `SFTP Connector Directory Listing ${ending}`,
    detail: { "connector-id": "c-1", "listing-id": "l-1", "output-directory-path": PATH, ...detail },
  };
}

describe("listingMarker", () => {
  it("lies beside the listing's own key, with code and message", () => {
    const detail = { "failure-code": "X", "failure-message": "no" };
    expect(listingMarker(event(detail), BUCKET)).to.deep.equal({
      key: "runs/acme/data/run-1/listings/000001-ab-1/c-1-l-1.json.failed",
      text: '{"code":"X","message":"no"}',
    });
  });

  const spellings = [`${PATH}/`, PATH.slice(1), `/${PATH}`];
  for (const path of spellings) {
    it(`is the same for the path written as ${path}`, () => {
      const marker = listingMarker(event({ "output-directory-path": path }), BUCKET);
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
      expect(listingMarker(event(detail), BUCKET)).to.equal(undefined);
    });
  }

  for (const absent of [undefined, null]) {
    it(`is written also where code and message are ${absent}`, () => {
      const detail = { "failure-code": absent, "failure-message": absent };
      expect(listingMarker(event(detail), BUCKET)?.key).to.match(/\.failed$/);
    });
  }

  const completed = (detail: Record<string, unknown>) => listingMarker(event(detail, "Completed"), BUCKET);

  for (const items of [0, "0"]) {
    it(`is the listing of an empty folder for a listing completed with ${JSON.stringify(items)} items`, () => {
      const marker = completed({ "status-code": "COMPLETED", "item-count": items, truncated: false });
      expect(marker?.key).to.equal("runs/acme/data/run-1/listings/000001-ab-1/c-1-l-1.json.empty");
      expect(parseListing(marker?.text ?? ""))
        .to.include({ truncated: false })
        .and.deep.include({ files: [], folders: [] });
    });
  }

  for (const [title, detail] of [
    ["that does not say how many items it has", {}],
    ["whose count is none", { "item-count": null }],
    ["whose count is no number", { "item-count": "none" }],
    ["without items that is truncated", { "item-count": 0, truncated: true }],
    ["without items that is truncated, as text", { "item-count": 0, truncated: "true" }],
    ["without items that has another status", { "item-count": 0, "status-code": "FAILED" }],
  ] as const) {
    it(`does not say that the folder is empty for a completed listing ${title}`, () => {
      expect(completed(detail)?.key).to.match(/c-1-l-1\.json\.completed$/);
    });
  }

  for (const items of [1, "12"]) {
    it(`is not needed for a listing completed with ${JSON.stringify(items)} items`, () => {
      expect(completed({ "item-count": items })).to.equal(undefined);
    });
  }

  it("is nowhere for another bucket's empty listing", () => {
    expect(completed({ "item-count": 0, "output-directory-path": "/other/runs/acme" })).to.equal(undefined);
  });

  it("refuses an event of another shape", () => {
    expect(() => listingMarker({}, BUCKET)).to.throw();
    expect(() => listingMarker(event({ "listing-id": undefined }), BUCKET)).to.throw("listing-id");
  });
});
