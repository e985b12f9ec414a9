import { expect } from "chai";
import { type Decision, type DecisionPolicy, decide, decideByObject } from "../../../engine/decisions/decide";
import { EMPTY_LEDGER, type FolderLedger, type LedgerEntry } from "../../../engine/ledger/ledger";
import type { FileItem } from "../../../engine/work/items";

const LISTED_AT = new Date("2026-03-05T10:00:00Z");
const T1 = "2026-01-01T00:00:00Z";
const T2 = "2026-01-02T00:00:00Z";
const T1_SECONDS = Date.parse(T1) / 1000;
const GIB_150 = 150 * 1024 ** 3;

const TRANSFER: Decision = { action: "transfer" };
const COMPARE: Decision = { action: "compare", source: undefined };

function policy(changes: Partial<DecisionPolicy> = {}): DecisionPolicy {
  return {
    listedAt: LISTED_AT,
    minimumAgeSeconds: 0,
    compares: false,
    fromTimestamp: undefined,
    windowStart: undefined,
    keepsLedger: true,
    isSupported: () => true,
    isWanted: () => true,
    ...changes,
  };
}

function ledger(known?: Partial<LedgerEntry>, firstSeen?: string, seenModified?: string): FolderLedger {
  return {
    ...EMPTY_LEDGER,
    files: new Map(known === undefined ? [] : [["a", { size: undefined, modified: undefined, ...known }]]),
    firstSeen: new Map(firstSeen === undefined ? [] : [["a", { at: firstSeen, size: 1, modified: seenModified }]]),
  };
}

function verdict(decision: Decision): string {
  return decision.action === "skip" ? decision.reason : decision.action;
}

describe("decide", () => {
  const byLedger: [string, Omit<FileItem, "name">, Partial<LedgerEntry> | undefined, string][] = [
    ["not in the ledger", { size: 1, modified: T1 }, undefined, "compare"],
    ["same size and time", { size: 1, modified: T1 }, { size: 1, modified: T1 }, "unchanged"],
    [
      "same time, written differently",
      { size: 1, modified: "2026-01-01T01:00:00+01:00" },
      { size: 1, modified: T1 },
      "unchanged",
    ],
    ["another size, same time", { size: 2, modified: T1 }, { size: 1, modified: T1 }, "transfer"],
    ["same size, later time", { size: 1, modified: T2 }, { size: 1, modified: T1 }, "transfer"],
    ["same size, earlier time", { size: 1, modified: T1 }, { size: 1, modified: T2 }, "transfer"],
    ["emptied", { size: 0, modified: T1 }, { size: 1, modified: T1 }, "transfer"],
    ["no time listed, same size", { size: 1 }, { size: 1, modified: T1 }, "unchanged"],
    ["no time listed, another size", { size: 2 }, { size: 1, modified: T1 }, "transfer"],
    ["no size listed, same time", { modified: T1 }, { size: 1, modified: T1 }, "unchanged"],
    ["no size listed, another time", { modified: T2 }, { size: 1, modified: T1 }, "transfer"],
    ["neither listed, known", {}, { size: 1, modified: T1 }, "unchanged"],
    ["neither listed nor known before", {}, {}, "unchanged"],
    ["neither listed, unknown", {}, undefined, "compare"],
  ];
  for (const [title, listed, known, expected] of byLedger) {
    it(`scheduled, ${title}: ${expected}`, () => {
      expect(verdict(decide({ name: "a", ...listed }, ledger(known), policy()))).to.equal(expected);
    });
  }

  const comparing: [string, Omit<FileItem, "name">, number | undefined, Partial<LedgerEntry> | undefined, string][] = [
    ["exactly at FromTimestamp", { size: 1, modified: T1 }, T1_SECONDS, undefined, "compare"],
    ["a second before it", { size: 1, modified: T1 }, T1_SECONDS + 1, undefined, "before-from-timestamp"],
    ["a second after it", { size: 1, modified: T1 }, T1_SECONDS - 1, undefined, "compare"],
    ["no FromTimestamp, file of 1970", { size: 1, modified: "1970-01-01T00:00:00Z" }, undefined, undefined, "compare"],
    ["no time is never before", { size: 1 }, T1_SECONDS + 1, undefined, "compare"],
    [
      "known and unchanged is held against S3",
      { size: 1, modified: T1 },
      undefined,
      { size: 1, modified: T1 },
      "compare",
    ],
    ["known and changed", { size: 2, modified: T1 }, undefined, { size: 1, modified: T1 }, "transfer"],
    ["neither time nor size, known", {}, T1_SECONDS, {}, "compare"],
  ];
  for (const [title, listed, fromTimestamp, known, expected] of comparing) {
    it(`held against S3, ${title}: ${expected}`, () => {
      const rules = policy({ compares: true, fromTimestamp });
      expect(verdict(decide({ name: "a", ...listed }, ledger(known), rules))).to.equal(expected);
    });
  }

  const settling: [string, string | undefined, string | undefined, string][] = [
    ["younger than the minimum age", "2026-03-05T09:59:01Z", undefined, "settling"],
    ["exactly of the minimum age", "2026-03-05T09:59:00Z", undefined, "compare"],
    ["older", "2026-03-05T09:58:59Z", undefined, "compare"],
    ["of the future", "2026-03-05T11:00:00Z", undefined, "settling"],
    ["without a time, seen for the first time", undefined, undefined, "settling"],
    ["without a time, first seen too lately", undefined, "2026-03-05T09:59:01Z", "settling"],
    ["without a time, first seen long enough ago", undefined, "2026-03-05T09:59:00Z", "compare"],
  ];
  for (const [title, modified, firstSeen, expected] of settling) {
    it(`with MinimumAgeSeconds 60, ${title}: ${expected}`, () => {
      const file = { name: "a", size: 1, ...(modified === undefined ? {} : { modified }) };
      const decision = decide(file, ledger(undefined, firstSeen), policy({ minimumAgeSeconds: 60 }));
      expect(verdict(decision)).to.equal(expected);
    });
  }

  it("lets a file of the future settle from its first sight as it is, since it might else never be copied", () => {
    const rules = policy({ minimumAgeSeconds: 60 });
    const file = { name: "a", size: 1, modified: "2037-01-01T00:00:00Z" };
    const seenAt = (at: string, modified: string) => verdict(decide(file, ledger(undefined, at, modified), rules));
    expect(seenAt("2026-03-05T09:59:01Z", file.modified)).to.equal("settling");
    expect(seenAt("2026-03-05T09:59:00Z", file.modified)).to.equal("compare");
    expect(seenAt("2026-03-05T09:59:00Z", "2036-12-31T00:00:00Z")).to.equal("settling");
  });

  it("waits for a file of the future where no ledger remembers its first sight", () => {
    const rules = policy({ minimumAgeSeconds: 60, keepsLedger: false });
    expect(verdict(decide({ name: "a", modified: "2026-03-05T11:00:00Z" }, ledger(), rules))).to.equal("settling");
  });

  it("lets a file without a time settle anew when its size has changed", () => {
    const seen = ledger(undefined, "2026-03-05T09:00:00Z");
    expect(verdict(decide({ name: "a", size: 2 }, seen, policy({ minimumAgeSeconds: 60 })))).to.equal("settling");
  });

  it("holds a known file without a time against S3 on demand: it has settled before", () => {
    const rules = policy({ compares: true, minimumAgeSeconds: 60 });
    expect(verdict(decide({ name: "a", size: 1 }, ledger({ size: 1, modified: undefined }), rules))).to.equal(
      "compare",
    );
  });

  it("lets a changed file settle, and leaves an unchanged one be", () => {
    const young = "2026-03-05T09:59:59Z";
    const rules = policy({ minimumAgeSeconds: 60 });
    const file = { name: "a", size: 1, modified: young };
    expect(verdict(decide(file, ledger({ size: 2, modified: T1 }), rules))).to.equal("settling");
    expect(verdict(decide(file, ledger({ size: 1, modified: young }), rules))).to.equal("unchanged");
  });

  it("does not ask for an age when MinimumAgeSeconds is 0", () => {
    expect(decide({ name: "a", modified: "2030-01-01T00:00:00Z" }, ledger(), policy())).to.deep.equal(COMPARE);
  });

  it("does not hold back a file without a time where no ledger remembers its first sight", () => {
    const rules = policy({ minimumAgeSeconds: 60, keepsLedger: false });
    expect(decide({ name: "a", size: 1 }, ledger(), rules)).to.deep.equal(COMPARE);
    expect(verdict(decide({ name: "a", modified: "2026-03-05T09:59:59Z" }, ledger(), rules))).to.equal("settling");
  });

  const bySize: [number, string][] = [
    [GIB_150, "compare"],
    [GIB_150 + 1, "too-large"],
  ];
  for (const [size, expected] of bySize) {
    it(`${size} bytes: ${expected}`, () => {
      expect(verdict(decide({ name: "a", size }, ledger(), policy()))).to.equal(expected);
    });
  }

  it("names the first reason that applies: unsupported, then excluded, then too large", () => {
    const file = { name: "a", size: GIB_150 + 1, modified: T1 };
    const isWanted = () => false;
    expect(verdict(decide(file, ledger(), policy({ isWanted, isSupported: () => false })))).to.equal(
      "unsupported-name",
    );
    expect(verdict(decide(file, ledger(), policy({ isWanted })))).to.equal("excluded");
  });

  const windowStart = new Date(T1);
  const inWindow: [string, string | undefined, string][] = [
    ["at the window's beginning", T1, "before-window"],
    ["after it", T2, "compare"],
    ["without a time", undefined, "compare"],
  ];
  for (const [title, modified, expected] of inWindow) {
    it(`with a window, ${title}: ${expected}`, () => {
      const file = { name: "a", size: 1, ...(modified === undefined ? {} : { modified }) };
      expect(verdict(decide(file, ledger(), policy({ windowStart })))).to.equal(expected);
    });
  }
});

describe("decideByObject", () => {
  const at = (time: string, size = 1) => ({ size, lastModified: new Date(time) });
  const table: [string, Omit<FileItem, "name">, ReturnType<typeof at> | undefined, string][] = [
    ["absent", { size: 1, modified: T1 }, undefined, "transfer"],
    ["absent, nothing listed", {}, undefined, "transfer"],
    ["same size, S3 newer", { size: 1, modified: T1 }, at(T2), "already-in-s3"],
    ["same size, same time", { size: 1, modified: T1 }, at(T1), "already-in-s3"],
    ["same size, S3 older", { size: 1, modified: T2 }, at(T1), "transfer"],
    ["another size, S3 newer", { size: 2, modified: T1 }, at(T2), "transfer"],
    ["both empty", { size: 0, modified: T1 }, at(T2, 0), "already-in-s3"],
    ["no time, same size", { size: 1 }, at(T1), "already-in-s3"],
    ["no time, another size", { size: 2 }, at(T1), "transfer"],
    ["no size, S3 newer", { modified: T1 }, at(T2), "already-in-s3"],
    ["no size, S3 older", { modified: T2 }, at(T1), "transfer"],
    ["neither", {}, at(T1), "already-in-s3"],
  ];
  for (const [title, listed, object, expected] of table) {
    it(`${title}: ${expected}`, () => {
      expect(
        verdict(decideByObject({ name: "a", ...listed }, undefined, object, { now: LISTED_AT, keepsLedger: true })),
      ).to.equal(expected);
    });
  }

  it("never asks S3 a second time", () => {
    expect(decideByObject({ name: "a" }, undefined, undefined, { now: LISTED_AT, keepsLedger: true })).to.deep.equal(
      TRANSFER,
    );
  });
});
