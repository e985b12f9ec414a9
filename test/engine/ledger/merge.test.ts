import { expect } from "chai";
import { EMPTY_LEDGER, type Gone } from "../../../engine/ledger/ledger";
import { merge } from "../../../engine/ledger/merge";

/** As documented. */
const GONE_DAYS = 180;
const MAX_GONE = 10_000;

const LISTED = { size: 1, modified: "2026-01-01T00:00:00Z" };
const AT = "2026-03-01T00:00:00.000Z";

function gone(at: string): Gone {
  return { at, ...LISTED };
}

function daysBefore(days: number): string {
  return new Date(Date.parse(AT) - days * 86_400_000).toISOString();
}

describe("merge", () => {
  it("keeps the time and the doubt of a mark when the file is sent again", () => {
    const doubt = { outcome: "vanished" as const, run: "r", ...LISTED };
    const before = { ...EMPTY_LEDGER, marks: new Map([["a", { at: daysBefore(1), ...LISTED, doubt }]]) };
    const { marks } = merge(before, { send: new Map([["a", { at: AT, size: 2, modified: undefined }]]) });
    expect(marks.get("a")).to.deep.equal({ at: daysBefore(1), size: 2, modified: undefined, doubt });
  });

  it("ends everything else of a name that was verified", () => {
    const known = {
      ...EMPTY_LEDGER,
      marks: new Map([["a", LISTED]]),
      gone: new Map([["a", gone(AT)]]),
    };
    const { files, marks, gone: left } = merge(known, { set: new Map([["a", LISTED]]) });
    expect([files.size, marks.size, left.size]).to.deep.equal([1, 0, 0]);
  });

  it("forgets in the end what was gone long ago", () => {
    const before = {
      ...EMPTY_LEDGER,
      gone: new Map([
        ["old", gone(daysBefore(GONE_DAYS + 1))],
        ["young", gone(daysBefore(GONE_DAYS - 1))],
      ]),
    };
    expect([...merge(before, { listedAt: AT }).gone.keys()]).to.deep.equal(["young"]);
  });

  it("remembers the latest, where too many are gone", () => {
    const names = Array.from({ length: MAX_GONE }, (_, index) => [`n${index}`, gone(daysBefore(1))] as const);
    const before = { ...EMPTY_LEDGER, gone: new Map([["oldest", gone(daysBefore(2))], ...names]) };
    const merged = merge(before, { gone: new Map([["latest", gone(AT)]]), listedAt: AT }).gone;
    expect(merged.size).to.equal(MAX_GONE);
    expect([merged.has("oldest"), merged.has("latest")]).to.deep.equal([false, true]);
  });
});
